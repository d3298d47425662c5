/**
 * What every published page must be: a valid document of the HTML living standard, and named for those who do not see it.
 *
 * html-validate was chosen because it works offline, needs no Java and knows the content model of the living standard. What
 * depends on styles and scripts is left to axe in a real browser, see `accessibility.test.mjs`.
 */
export default {
  root: true,
  extends: ["html-validate:standard", "html-validate:document", "html-validate:a11y"],
  rules: {
    // The cabinet and the sign-in page hold several screens, of which one at a time is shown, each with its own heading: whether
    // the shown one begins with its only h1 and skips no level is asked of the browser.
    "heading-level": "off",
    // The heading of an error summary is filled by the script that shows the summary.
    "empty-heading": "off",
    // The panels of tabs must have their role, and the cards of the cabinet are regions by theirs.
    "prefer-native-element": ["error", { exclude: ["tabpanel", "region"] }],
  },
};
