import type { Page } from "playwright-core";
import { type Notebook, readNotebook } from "./document.ts";
import { type Environment, project } from "./environment.ts";
import { outputFaults } from "./faults.ts";
import { lab } from "./lab.ts";

/** Names of the browser, the first of which that is there is taken. */
const browsers = ["chromium", "chromium-browser", "google-chrome"];

/** How a notebook is run in the browser. */
export type BrowserOptions = {
  /** Where a screenshot of the whole notebook goes. */
  picture: string;
  /** Added to the environment. */
  env?: Record<string, string>;
  /** Minutes that it may take. */
  patience?: number;
};

/**
 * Runs all cells of a notebook in JupyterLab in a headless Chromium, waits until its figures are drawn, and takes a
 * screenshot.
 *
 * @returns What is at fault: with the outputs that JupyterLab saved, or that no figure was drawn.
 * @throws {Error} If there is no Chromium.
 */
export async function inBrowser(
  environment: Environment,
  notebook: Notebook,
  { picture, env, patience = 30 }: BrowserOptions,
): Promise<string[]> {
  const { chromium } = await import("playwright-core");
  const root = `${project}/notebooks`;
  const name = `.browser-${crypto.randomUUID().slice(0, 8)}.ipynb`; // hidden from git, found by the imports
  const file = `${root}/${name}`;
  await Deno.writeTextFile(file, JSON.stringify(bare(notebook)));
  const { address, process } = await lab(environment, { browser: false, hidden: true, env });
  try {
    const browser = await chromium.launch({
      executablePath: await executable(),
      args: ["--no-sandbox"],
    });
    const page = await browser.newPage({ viewport: { width: 1280, height: 1000 } });
    // Reset: what was open in JupyterLab before is not opened again.
    const own = address.replace("/lab/tree/notebooks", `/lab/tree/notebooks/${name}`);
    await page.goto(`${own}&reset`);
    const found = await runAll(page, 60e3 * patience);
    await page.screenshot({ path: picture });
    await browser.close();
    return [...found, ...outputFaults(await readNotebook(file))];
  } finally {
    process.kill();
    await process.status;
    await Deno.remove(file);
  }
}

/** Runs all cells, waits for the kernel, draws all figures by making the window as tall as the notebook, and saves. */
async function runAll(page: Page, timeout: number): Promise<string[]> {
  const idle = page.locator("#jp-main-statusbar").getByText(/Deno \| Idle/);
  await idle.waitFor({ timeout: 120e3 });
  await page.waitForTimeout(4000); // earlier, cells are lost
  await page.getByText("Run", { exact: true }).first().click();
  await page.getByText("Run All Cells", { exact: true }).click();
  await page.waitForTimeout(2000);
  const code = page.locator(".jp-Notebook .jp-CodeCell .jp-InputPrompt");
  for (const until = performance.now() + timeout;;) {
    const prompts = await code.allTextContents();
    if (prompts.length > 0 && prompts.every((prompt) => /\[\d+\]/.test(prompt))) break;
    if (await page.locator('[data-mime-type="application/vnd.jupyter.error"]').count() > 0) break;
    if (performance.now() > until) return ["its cells did not come to their end in time"];
    await page.waitForTimeout(1000);
  }
  await page.keyboard.press("Control+s");
  await page.waitForTimeout(3000); // until it is saved
  const inner = page.locator(".jp-Notebook .jp-WindowedPanel-inner");
  const [height] = await inner.evaluateAll((all) => all.map(({ scrollHeight }) => scrollHeight));
  await page.setViewportSize({ width: 1280, height: Math.min(15000, height + 200) });
  await inner.evaluateAll((all) => all.forEach((it) => it.parentElement!.scrollTop = 0)); // the last cell was followed
  await page.waitForTimeout(3000); // until the cells that were out of sight are there
  const pictures = page.locator(".jp-RenderedPlotly .plot-img"); // which become figures when pointed at
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
