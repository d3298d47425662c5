/** What every page does, whatever it is about. */

import { noteReferral } from "./referral.js";
import { offerThemes } from "./theme-switch.js";

noteReferral();
offerThemes();
