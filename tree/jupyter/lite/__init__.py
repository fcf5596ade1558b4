"""The notebooks with no server: JupyterLab and Python in the browser, as a folder of files."""
