// Bundles style sheet, fonts and script into the directory given as first argument, with a manifest of content hashes.
import { createHash } from "node:crypto";
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { build } from "esbuild";

const out = resolve(process.argv[2] ?? "../static");
rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });

await build({
  entryPoints: { explorer: "src/explorer.ts", "explorer-style": "src/styles/explorer.css" },
  outdir: out,
  bundle: true,
  minify: true,
  target: ["es2022", "chrome110", "firefox110", "safari16"],
  loader: { ".woff2": "file" },
  assetNames: "fonts/[name]-[hash]",
  logLevel: "warning",
  legalComments: "none",
});
for (const name of readdirSync("assets")) copyFileSync(join("assets", name), join(out, name));

const manifest = {};
for (const name of readdirSync(out, { withFileTypes: true })) {
  if (!name.isFile()) continue;
  manifest[name.name] = createHash("sha256").update(readFileSync(join(out, name.name))).digest("hex").slice(0, 12);
}
writeFileSync(join(out, "manifest.json"), JSON.stringify(manifest, null, 2) + "\n");
