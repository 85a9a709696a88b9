"""The pictures of the scripts here: the same file for the same results. Needs matplotlib."""
import os


def subplots(name, rows, columns, **how):
    import matplotlib
    matplotlib.use("svg")
    from matplotlib import pyplot
    matplotlib.rcParams.update({"svg.hashsalt": name, "font.size": 8, "axes.spines.top": False,
                                "axes.spines.right": False})
    return pyplot.subplots(rows, columns, layout="constrained", **how)


def save(figure, path):
    os.makedirs(os.path.dirname(os.path.abspath(path)), exist_ok=True)
    figure.savefig(path, format="svg", metadata={"Date": None})
