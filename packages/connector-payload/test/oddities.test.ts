import { createSimulator } from "@fieldwright/connector-payload/simulator";
import { oddCollections, oddities, vault } from "./oddities.js";

oddities((size) => createSimulator({ size, collections: [...oddCollections, vault] }));
