import bare from "./bare.js";
import { counting } from "./counting.js";

export default counting(bare);
