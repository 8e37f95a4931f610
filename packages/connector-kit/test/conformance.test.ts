import { conformance } from "../src/testing/conformance.js";
import { acornSubject } from "./acorn/subject.js";

conformance(acornSubject);
