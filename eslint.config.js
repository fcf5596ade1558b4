// Refuses what the browsers named in package.json do not have; Biome checks the rest.
import { createRequire } from "node:module";

const compat = createRequire(new URL("./.node/", import.meta.url))("eslint-plugin-compat");

export default [
  {
    ...compat.configs["flat/recommended"],
    files: ["tree/web/static/**/*.js"],
    settings: { lintAllEsApis: true }
  }
];
