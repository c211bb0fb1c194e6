// Goals: charts, and the areas of one goal.
import { drawCharts } from "../grafiek";
import { showAreas } from "../kaart/gebieden";

void drawCharts();
void showAreas("uitspraak", "Kaart met de gebieden van dit doel");
