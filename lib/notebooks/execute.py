"""Runs a notebook from its first cell to its last: execute.py IN OUT FOLDER.

The result is written in any case.
"""

import asyncio
import sys
from queue import Empty

import nbformat
from jupyter_client.utils import ensure_async
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionComplete, CellExecutionError, DeadKernelError


class DrainingClient(NotebookClient):
    """Keeps listening for a moment after a cell's end.

    Deno's kernel may report the end before the last output.
    """

    async def _async_poll_output_msg(self, parent_msg_id, cell, cell_index):
        ended = False
        while True:
            timeout = 0.1 if ended else None
            try:
                msg = await ensure_async(self.kc.iopub_channel.get_msg(timeout=timeout))
            except Empty:
                return
            if msg["parent_header"].get("msg_id") != parent_msg_id:
                continue
            try:
                self.process_message(msg, cell, cell_index)
            except CellExecutionComplete:
                ended = True


def main(source, target, folder):
    notebook = nbformat.read(source, as_version=4)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    client = DrainingClient(
        notebook,
        kernel_name="deno",
        timeout=None,
        iopub_timeout=60,
        record_timing=False,
        resources={"metadata": {"path": folder}},
    )
    try:
        asyncio.run(client.async_execute())
    except (CellExecutionError, DeadKernelError) as error:
        sys.exit(f"error: {error}")
    finally:
        nbformat.write(notebook, target)


main(*sys.argv[1:])
