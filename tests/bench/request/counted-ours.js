import ours from "../../../target/worker/index.js";
import { counting } from "./counting.js";

export default counting(ours);
