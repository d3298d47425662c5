/**
 * The pictures that the README and the help show: which scene, how large, and what of it. Those of the help are taken in
 * both languages, light and dark; each of the README in one.
 */

import { SCENES } from "./scenes.mjs";

/** @import { Scene } from "./scenes.mjs" */
/** @import { Shot } from "./stage.mjs" */

/**
 * @typedef {object} Picture
 * @property {Scene} scene
 * @property {{ width: number, height: number }} [viewport]
 * @property {string} [frame] what of the page is seen; otherwise all that fits the viewport
 */

const DESK = { width: 1000, height: 640 };
const PHONE = { width: 390, height: 780 };

/** Narrow enough for a card to be read in the column of an article. */
const COLUMN = { width: 760, height: 900 };

/** @type {Scene} */
const signInFilled = {
  path: "/login.html",
  async act(page) {
    await page.fill("#sign-in-email", "anna@example.com");
    await page.fill("#sign-in-password", "copper kettle 7");
    await page.click("#sign-in-form .password-toggle");
    await page.locator(":focus").blur();
  },
};

/** @type {Scene} */
const registerFilled = {
  path: "/login.html#register",
  async act(page) {
    const isRussian = new URL(page.url()).pathname === "/login.html";
    await page.fill("#register-name", isRussian ? "Анна Смирнова" : "Anna Smirnova");
    await page.fill("#register-email", "anna@example.com");
    await page.fill("#register-phone", "+7 999 123-45-67");
    await page.fill("#register-password", "copper kettle 7");
    await page.fill("#register-password-repeat", "copper kettle 7");
    await page.check("#register-terms");
    await page.locator(":focus").blur();
  },
};

/** @type {Scene} */
const statisticsFailing = {
  path: "/cabinet.html#profile",
  client: "anna",
  before: (page) => page.route("**/api/client/cabinet/", (route) => route.abort()),
};

/** By the path in the folder of a language. @type {Record<string, Picture>} */
export const HELP = {
  "help/start/cabinet": { scene: SCENES["cabinet-products"], viewport: DESK },
  "help/start/sign-in-form": { scene: signInFilled, frame: "#entrance" },
  "help/start/register-form": { scene: registerFilled, frame: "#entrance" },
  "help/account/session-ended": { scene: SCENES["sign-in-ended"], frame: "#main > :not([hidden]):nth-child(n + 3):nth-child(-n + 6)" },
  "help/account/profile-details": { scene: SCENES["cabinet-profile"], frame: "#profile-account" },
  "help/cabinet/product": { scene: SCENES["cabinet-products"], frame: "#product-list > :first-child" },
  "help/cabinet/products-empty": { scene: SCENES["cabinet-products-empty"], frame: "#products-nothing" },
  "help/cabinet/subscription": { scene: SCENES["cabinet-subscriptions"], frame: "#subscription-list > :first-child" },
  "help/cabinet/payments": { scene: SCENES["cabinet-payments"], frame: "#payments-some" },
  "help/cabinet/partners": { scene: SCENES["cabinet-partners"], frame: "#partner-balance" },
  "help/trouble/form-errors": { scene: SCENES["register-mistakes"], frame: "#register-form-errors" },
  "help/trouble/load-failed": { scene: statisticsFailing, frame: "#profile-statistics" },
};

/** @returns {Shot[]} the files in the folder of the project */
export const publishedPictures = () =>
  ["ru", "en"].flatMap((language) =>
    /** @type {const} */ (["light", "dark"]).flatMap((scheme) =>
      Object.entries(HELP).map(([path, { scene, viewport = COLUMN, frame = "" }]) => ({
        file: `content/${language}/${path}@2x${scheme === "dark" ? ".dark" : ""}.png`,
        look: { viewport, scheme, language, scale: 2 },
        scene,
        frame,
      })),
    ),
  );
