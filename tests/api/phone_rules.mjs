// Runs the rules of the app on the phone over cases from standard input, and prints what they come to as JSON.

import { text } from "node:stream/consumers";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../frontend/", import.meta.url));
const { createServer } = await import(createRequire(`${root}package.json`).resolve("vite").replace(/index\.cjs$/, "dist/node/index.js"));
const server = await createServer({
  root, configFile: false, logLevel: "error", appType: "custom", optimizeDeps: { noDiscovery: true },
  server: { middlewareMode: true, hmr: false, ws: false, watch: null },
});
const load = (name) => server.ssrLoadModule(`/src/field/answering/${name}.ts`);
const [expressions, checks, quotas, members] = await Promise.all(["expressions", "checks", "quotas", "members"].map(load));
const given = JSON.parse(await text(process.stdin));
const said = {
  values: given.values.map(([tree, scope]) => [expressions.asAnswer(expressions.evaluate(tree, scope)), expressions.isTrue(tree, scope)]),
  sheets: given.sheets.map(([form, answers, today]) => {
    const settled = checks.settle(form, answers, today);
    return [settled.answers, [...settled.asked].sort(), checks.mistakes(form, answers, today).map((each) => [each.question, each.code])];
  }),
  cells: given.cells.map(([cell, answers]) => quotas.fits(cell, answers)),
  draws: await Promise.all(given.draws.map(async ([instance, list]) => [members.householdOrder(list), (await members.draw(instance, list, 1)).typed])),
};
await server.close();
process.stdout.write(JSON.stringify(said), () => process.exit(0));
