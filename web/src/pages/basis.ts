// On every page.
import { startButtons } from "../knoppen";
import { startLive } from "../levend";
import { startHash, startPrint } from "../uitklap";
import { startSections } from "../secties";

startButtons();
startHash();
startPrint();
startSections();
startLive();
