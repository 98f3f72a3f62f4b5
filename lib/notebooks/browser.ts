import type { Page } from "playwright-core";
import { type Notebook, readNotebook } from "./document.ts";
import { type Environment, projectFolder } from "./environment.ts";
import { outputFaults } from "./faults.ts";
import { lab } from "./lab.ts";

/** Names of the browser; the first that exists is used. */
const browsers = ["chromium", "chromium-browser", "google-chrome"];

/** How {@linkcode inBrowser} runs a notebook. */
export type BrowserOptions = {
  /** The path of a screenshot of the whole notebook. */
  picture: string;
  /** Variables that are added to the environment. */
  env?: Record<string, string>;
  /** The number of minutes that the run may take. */
  patience?: number;
};

/**
 * Runs all cells of a notebook in JupyterLab in a headless Chromium, waits until its figures are
 * drawn, and takes a screenshot.
 *
 * @returns The faults in the outputs that JupyterLab saved, and whether no figure was drawn.
 * @throws {Error} If there is no Chromium.
 */
export async function inBrowser(
  environment: Environment,
  notebook: Notebook,
  { picture, env, patience = 30 }: BrowserOptions,
): Promise<string[]> {
  const { chromium } = await import("playwright-core");
  const root = `${projectFolder}/notebooks`;
  // Hidden from git, and within the project, whose import map holds there.
  const name = `.browser-${crypto.randomUUID().slice(0, 8)}.ipynb`;
  const file = `${root}/${name}`;
  await Deno.writeTextFile(file, JSON.stringify(bare(notebook)));
  const { address, end } = await lab(environment, { browser: false, hidden: true, env });
  try {
    const browser = await chromium.launch({
      executablePath: await executable(),
      args: ["--no-sandbox"],
    });
    const page = await browser.newPage({ viewport: { width: 1280, height: 1000 } });
    const url = address.replace("/lab/tree/notebooks", `/lab/tree/notebooks/${name}`);
    await page.goto(`${url}&reset`); // does not reopen what was open in JupyterLab before
    const faults = await runAll(page, 60e3 * patience);
    await page.screenshot({ path: picture });
    await browser.close();
    return [...faults, ...outputFaults(await readNotebook(file))];
  } finally {
    await end();
    await Deno.remove(file);
  }
}

/**
 * Runs all cells, waits for the kernel and saves; the window becomes as tall as the notebook, so
 * that all figures are drawn.
 */
async function runAll(page: Page, timeout: number): Promise<string[]> {
  const idle = page.locator("#jp-main-statusbar").getByText(/Deno \| Idle/);
  await idle.waitFor({ timeout: 120e3 });
  await page.waitForTimeout(4000); // cells that run earlier are lost
  await page.getByText("Run", { exact: true }).first().click();
  await page.getByText("Run All Cells", { exact: true }).click();
  await page.waitForTimeout(2000);
  const code = page.locator(".jp-Notebook .jp-CodeCell .jp-InputPrompt");
  for (const until = performance.now() + timeout;;) {
    const prompts = await code.allTextContents();
    if (prompts.length > 0 && prompts.every((prompt) => /\[\d+\]/.test(prompt))) break;
    if (await page.locator('[data-mime-type="application/vnd.jupyter.error"]').count() > 0) break;
    if (performance.now() > until) return ["its cells did not finish in time"];
    await page.waitForTimeout(1000);
  }
  await page.keyboard.press("Control+s");
  await page.waitForTimeout(3000); // until it is saved
  const inner = page.locator(".jp-Notebook .jp-WindowedPanel-inner");
  const [height = 0] = await inner.evaluateAll((all) => all.map((it) => it.scrollHeight));
  await page.setViewportSize({ width: 1280, height: Math.min(15000, height + 200) });
  // JupyterLab has scrolled to the last cell.
  await inner.evaluateAll((all) => all.forEach((it) => it.parentElement!.scrollTop = 0));
  await page.waitForTimeout(3000); // until the cells that were out of sight are there
  const pictures = page.locator(".jp-RenderedPlotly .plot-img"); // become figures when pointed at
  await pictures.evaluateAll((all) =>
    all.forEach((it) => it.dispatchEvent(new Event("mouseenter")))
  );
  const figures = page.locator(".js-plotly-plot .main-svg");
  await figures.first().waitFor({ timeout: 60e3 }).catch(() => {});
  await page.waitForTimeout(3000);
  return await figures.count() > 0 ? [] : ["no figure was drawn"];
}

/** The notebook before it was run. */
function bare(notebook: Notebook): Notebook {
  const cells = notebook.cells.map((cell) =>
    cell.cell_type === "code" ? { ...cell, outputs: [], execution_count: null } : cell
  );
  return { ...notebook, cells };
}

async function executable(): Promise<string> {
  for (const folder of (Deno.env.get("PATH") ?? "").split(":")) {
    for (const name of browsers) {
      const path = `${folder}/${name}`;
      if (await Deno.stat(path).then(({ isFile }) => isFile, () => false)) return path;
    }
  }
  throw new Error(`Cannot find a browser: install Chromium (on Debian: apt install chromium)`);
}
