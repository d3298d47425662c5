/** Every picture that is to be looked at: each scene in each look. */

import { SCENES } from "./scenes.mjs";

/** @import { Shot } from "./stage.mjs" */

/** Everything is seen on a phone and at a desk, light and dark; the narrowest and the widest screen need one scheme. */
const DEVICES = {
  phone: { viewport: { width: 390, height: 844 }, schemes: /** @type {const} */ (["light", "dark"]) },
  desktop: { viewport: { width: 1280, height: 900 }, schemes: /** @type {const} */ (["light", "dark"]) },
  small: { viewport: { width: 320, height: 640 }, schemes: /** @type {const} */ (["light"]) },
  wide: { viewport: { width: 2560, height: 1300 }, schemes: /** @type {const} */ (["light"]) },
};

/** The names say what is seen: <scene>-<device>-<scheme>-<language>.png. @returns {Shot[]} */
export const everyPicture = () =>
  Object.entries(DEVICES).flatMap(([device, { viewport, schemes }]) =>
    schemes.flatMap((scheme) =>
      ["ru", "en"].flatMap((language) =>
        Object.entries(SCENES).map(([name, scene]) => ({
          file: `${name}-${device}-${scheme}-${language}.png`,
          look: { viewport, scheme, language, scale: 1 },
          scene,
        })),
      ),
    ),
  );
