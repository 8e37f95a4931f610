#!/usr/bin/env node
import { runCommandLine } from "./run-command-line.js";

process.exitCode = await runCommandLine(process.argv.slice(2));
// What a connector left open must not keep the command from ending once all is said.
process.stdout.write("", () => process.stderr.write("", () => process.exit()));
