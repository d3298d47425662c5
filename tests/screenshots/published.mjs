/**
 * The pictures that the README and the help show: which scene, how large, and what of it. Those of the help are taken in
 * both languages, light and dark; each of the README in one.
 */

import { SCENES } from "./scenes.mjs";

/** @import { Page } from "playwright-core" */
/** @import { Scene } from "./scenes.mjs" */
/** @import { Shot } from "./stage.mjs" */

/**
 * @typedef {object} Picture
 * @property {Scene} scene
 * @property {{ width: number, height: number }} [viewport]
 * @property {string} [frame] what of the page is seen; otherwise all that fits the viewport
 */

const DESK = { width: 960, height: 540 };
const WIDE_DESK = { width: 1280, height: 800 };
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

/**
 * @param {Page} page
 * @param {{ email: string, phone: string }} contacts
 */
async function fillRegistration(page, { email, phone }) {
  const isRussian = new URL(page.url()).pathname === "/login.html";
  await page.fill("#register-name", isRussian ? "Анна Смирнова" : "Anna Smirnova");
  await page.fill("#register-email", email);
  await page.fill("#register-phone", phone);
  await page.fill("#register-password", "copper kettle 7");
  await page.fill("#register-password-repeat", "copper kettle 7");
  await page.check("#register-terms");
}

/** @type {Scene} */
const registerFilled = {
  path: "/login.html#register",
  async act(page) {
    await fillRegistration(page, { email: "anna@example.com", phone: "+7 999 123-45-67" });
    await page.locator(":focus").blur();
  },
};

/** @type {Scene} */
const registerMistaken = {
  path: "/login.html#register",
  async act(page) {
    await fillRegistration(page, { email: "anna.example.com", phone: "+7 999 123-45" });
    await page.click("#register-form button[type=submit]");
    await page.locator("#register-form-errors:visible").waitFor();
  },
};

const DAY = 24 * 60 * 60 * 1000;

/** @type {Scene} */
const latestPayments = {
  path: `/cabinet.html#payments?from=${new Date(Date.now() - 75 * DAY).toISOString().slice(0, 10)}`,
  client: "anna",
};

/** @type {Scene} */
const statisticsFailing = {
  path: "/cabinet.html#profile",
  client: "anna",
  before: (page) => page.route("**/api/client/cabinet/", (route) => route.abort()),
};

/** By the path in the folder of a language. @type {Record<string, Picture>} */
const HELP = {
  "help/start/cabinet": { scene: SCENES["cabinet-products"], viewport: DESK },
  "help/start/sign-in-form": { scene: signInFilled, frame: "#entrance" },
  "help/start/register-form": { scene: registerFilled, frame: "#entrance" },
  "help/account/session-ended": { scene: SCENES["sign-in-ended"], frame: "#main > h1, #session-ended, #entrance" },
  "help/account/profile-details": { scene: SCENES["cabinet-profile"], frame: "#profile-account" },
  "help/cabinet/product": { scene: SCENES["cabinet-products"], frame: "#product-list > :first-child" },
  "help/cabinet/products-empty": { scene: SCENES["cabinet-products-empty"], frame: "#products-nothing" },
  "help/cabinet/subscription": { scene: SCENES["cabinet-subscriptions"], frame: "#subscription-list > :first-child" },
  "help/cabinet/payments": { scene: latestPayments, frame: "#payment-list" },
  "help/cabinet/partners": { scene: SCENES["cabinet-partners"], frame: "#partner-balance" },
  "help/trouble/form-errors": { scene: registerMistaken, frame: "#register-form-errors, #register-form > :nth-child(-n + 3)" },
  "help/trouble/load-failed": { scene: statisticsFailing, frame: "#profile-statistics" },
};

/** By their names. @type {Record<string, Picture & { scheme: "light" | "dark" }>} */
const README = {
  home: { scene: SCENES.home, viewport: WIDE_DESK, scheme: "light" },
  payments: { scene: SCENES["cabinet-payments"], viewport: WIDE_DESK, scheme: "dark" },
  partners: { scene: SCENES["cabinet-partners"], viewport: WIDE_DESK, scheme: "light" },
  products: { scene: SCENES["cabinet-products"], viewport: PHONE, scheme: "light" },
  subscriptions: { scene: SCENES["cabinet-subscriptions"], viewport: PHONE, scheme: "dark" },
  cancellation: { scene: SCENES["cabinet-cancellation"], viewport: PHONE, scheme: "light" },
};

/** @returns {Shot[]} the files in the folder of the project */
export const publishedPictures = () => [...picturesOfReadme(), ...picturesOfHelp()];

/** @returns {Shot[]} */
const picturesOfReadme = () =>
  Object.entries(README).map(([name, { scene, viewport = COLUMN, scheme }]) => ({
    file: `tests/screenshots/${name}.png`,
    look: { viewport, scheme, language: "en", scale: 1 },
    scene,
    frame: "",
  }));

/** @returns {Shot[]} */
const picturesOfHelp = () =>
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
