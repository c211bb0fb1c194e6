// Sections and statements of the vision: where they lie on the map, and charts where there are any.
import { drawCharts } from "../grafiek";
import { showAreas } from "../kaart/gebieden";

void drawCharts();
void showAreas("uitspraak", "Kaart met de gebieden van dit deel van de visie");
