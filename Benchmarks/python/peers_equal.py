"""Whether metrics of Vitrine are those of torch-cam, captum, grad-cam and Quantus, on the same maps.

    python peers_equal.py DIRECTORY --vitrine PATH/vitrine-bench

Both sides are given EfficientNet-Lite0, the pictures of the examples and ten maps of each (five methods
at two layers), and count positions alike: 16 steps divide 224×224 without rest. Prints the largest
difference of each metric beside the spread of its values over maps, without which equality would say
nothing, and ends with an error where a difference is larger than is stated.
"""

import sys
import warnings

import peers
from peers import SIDE, KnownMaps, Vitrine

LAYERS = "/_blocks.10/Add_output_0,/_swish_1/Clip_output_0"
POSITIONS = SIDE * SIDE
ROAD_SHARES = (0.2, 0.4, 0.6, 0.8)
# Of these metrics fewer maps of a picture are compared: grad-cam solves 8 large systems for each, and
# captum scores 100 masked inputs for each.
ROAD_MAPS = 2
CAPTUM_MAPS = 4


class Table:
    """Differences by metric over all pictures and maps."""

    def __init__(self):
        self.rows = {}

    def add(self, title, limit, other, own):
        """Notes values of the maps of one picture, other programs' and Vitrine's."""
        import numpy

        pairs = numpy.array([other, own], float)
        known = self.rows.setdefault(title, (limit, []))[1]
        known.append(pairs)

    def print(self):
        import numpy

        print("| metric | values | largest difference | allowed | spread of a picture's maps |")
        print("| --- | --: | --: | --: | --: |")
        missed = []
        for title, (limit, pictures) in self.rows.items():
            gaps = numpy.concatenate([abs(pairs[0] - pairs[1]) for pairs in pictures])
            spread = numpy.mean([pairs[1].std() for pairs in pictures])
            print(f"| {title} | {gaps.size} | {gaps.max():.1e} | {limit:.0e} | {spread:.3f} |")
            if not gaps.max() <= limit:
                missed.append(title)
        return missed


class Picture:
    """One picture on both sides."""

    def __init__(self, name, network, options):
        import numpy
        import torch

        self.network = network
        self.directory = options.directory
        self.vitrine = Vitrine(options, f"{name}.npz")
        self.ranked = Vitrine(options, f"{name}-ranks.npz")
        with numpy.load(options.directory / f"{name}.npz") as archive:
            self.picture = torch.from_numpy(archive["picture"])[None]
            self.maps = archive["maps"]
            self.inside = archive["inside"]
        self.ranks = peers.ranks(self.maps)
        with torch.inference_mode():
            self.logits = network(self.picture)[0]
        self.label = int(self.logits.argmax())

    def probabilities(self, inputs):
        """Probabilities of the explained class, `[rows]`."""
        import torch

        with torch.inference_mode():
            parts = [self.network(part) for part in torch.as_tensor(inputs).split(32)]
        return torch.cat(parts).softmax(-1)[:, self.label]

    def own(self, metric, ranked=False):
        side = self.ranked if ranked else self.vitrine
        return side.values(metric, len(self.maps))

    def quit(self):
        self.vitrine.quit()
        self.ranked.quit()


def compare_logits(picture, table):
    own = picture.vitrine.request("scores")
    table.add("logits (onnx2torch)", 1e-4, picture.logits.numpy(), own)


def compare_torchcam(picture, table):
    import torch
    from torchcam.metrics import ClassificationMetric, DeletionInsertionMetric

    extractor = KnownMaps(picture.network)
    masks, inputs = picture.vitrine.rows("insertion:fill=blur", picture.directory)
    blur = torch.from_numpy(inputs[masks.reshape(len(masks), -1).sum(1) == 0])
    for fill, baseline in (("zero", None), ("blur", blur)):
        metric = DeletionInsertionMetric(
            extractor, lambda logits: logits.softmax(-1), steps=16, baseline=baseline
        )
        found = []
        for one in picture.maps:
            extractor.maps = torch.from_numpy(one)[None]
            metric.reset()
            metric.update(picture.picture)
            found.append(metric.summary())
        for name in ("deletion", "insertion"):
            own = picture.own(f"{name}:fill={fill}")
            values = [one[f"{name}_auc"] for one in found]
            table.add(f"{name}, fill {fill} (torch-cam)", 1e-5, values, own)
    metric = ClassificationMetric(extractor, lambda logits: logits.softmax(-1))
    drops = []
    for one in picture.maps:
        positive = one.clip(0)
        extractor.maps = torch.from_numpy(positive / max(positive.max(), 1e-30))[None]
        metric.reset()
        metric.update(picture.picture)
        drops.append(metric.summary()["avg_drop"])
    table.add("drop, soft mask (torch-cam)", 1e-5, drops, picture.own("drop:mask=soft"))


def compare_captum(picture, table):
    import torch
    from captum.metrics import infidelity

    masks, inputs = picture.vitrine.rows("infidelity", picture.directory)
    # The first row is the whole picture, from which the others are counted.
    hidden, rows = torch.from_numpy(1 - masks[1:])[:, None], torch.from_numpy(inputs[1:])
    whole = hidden.expand(-1, 3, -1, -1) / 3

    def of(one, normalize):
        attribution = torch.from_numpy(one)[None, None].expand(-1, 3, -1, -1)
        return infidelity(
            lambda value: picture.network(value).softmax(-1),
            lambda value: (whole, rows),
            picture.picture,
            attribution,
            target=picture.label,
            n_perturb_samples=len(rows),
            normalize=normalize,
        ).item()

    with torch.inference_mode():
        squares = of(0 * picture.maps[0], False)
        values = [of(one, True) / squares for one in picture.maps[:CAPTUM_MAPS]]
    own = picture.own("infidelity")[:CAPTUM_MAPS]
    table.add("infidelity (captum)", 1e-5, values, own)


def compare_correlations(picture, table):
    import numpy
    from scipy import stats

    masks, inputs = picture.vitrine.rows("mu-fidelity", picture.directory)
    scores = picture.probabilities(inputs).numpy().astype(float)
    sums = picture.maps.reshape(len(picture.maps), -1).astype(float) @ (
        1 - masks[1:].reshape(len(masks) - 1, -1).astype(float).T
    )
    drops = scores[0] - scores[1:]
    ranked = [stats.spearmanr(one, drops).statistic for one in sums]
    linear = [numpy.corrcoef(one, drops)[0, 1] for one in sums]
    table.add("μ-fidelity (scipy, the same rows)", 1e-3, ranked, picture.own("mu-fidelity"))
    table.add("sensitivity-n (numpy, the same rows)", 1e-5, linear, picture.own("sensitivity-n"))


def compare_road(picture, table):
    """grad-cam's own classes, at percentiles that remove exactly as many positions as Vitrine does."""
    import numpy
    from pytorch_grad_cam.metrics import road
    from pytorch_grad_cam.metrics.perturbation_confidence import PerturbationConfidenceMetric

    imputer = road.NoisyLinearImputer(noise=0)
    target = [lambda logits: logits.softmax(-1)[picture.label]]

    def mean(kind, one):
        scores = []
        for share in ROAD_SHARES:
            kept = POSITIONS - round(share * POSITIONS)
            percentile = 100 * (kept - 0.5) / (POSITIONS - 1)
            metric = PerturbationConfidenceMetric(kind(percentile, imputer))
            scores += [metric(picture.picture, one[None], target, picture.network, return_diff=False)]
        return numpy.mean(scores)

    values = [
        (mean(road.RemoveLeastRelevantFirst, one) - mean(road.RemoveMostRelevantFirst, one)) / 2
        for one in picture.ranks[:ROAD_MAPS]
    ]
    own = picture.own("road:noise=0", ranked=True)[:ROAD_MAPS]
    table.add("ROAD, exact shares, no noise (grad-cam)", 1e-4, values, own)


def quantus_metric(kind, **settings):
    import quantus

    return getattr(quantus, kind)(
        disable_warnings=True, display_progressbar=False, normalise=False, abs=False, **settings
    )


def compare_quantus(picture, table):
    import numpy

    count = len(picture.maps)

    def of(kind, maps, **settings):
        return quantus_metric(kind, **settings)(
            model=picture.network,
            x_batch=numpy.repeat(picture.picture.numpy(), count, 0),
            y_batch=numpy.full(count, picture.label),
            a_batch=maps[:, None],
            s_batch=numpy.repeat(picture.inside[None, None], count, 0),
            device="cpu",
        )

    positive = picture.maps.clip(0)
    for title, kind, maps, metric in (
        ("energy (RelevanceMassAccuracy of L⁺)", "RelevanceMassAccuracy", positive, "energy"),
        ("energy (AttributionLocalisation of L⁺)", "AttributionLocalisation", positive, "energy"),
        ("ROC AUC (AUC)", "AUC", picture.maps, "auc"),
    ):
        table.add(f"{title}, Quantus", 1e-5, of(kind, maps), picture.own(metric))
    for title, kind, metric in (
        ("rank accuracy (RelevanceRankAccuracy)", "RelevanceRankAccuracy", "rank-accuracy"),
        ("pointing (PointingGame)", "PointingGame", "pointing:margin=0"),
    ):
        own = picture.own(metric, ranked=True)
        table.add(f"{title}, Quantus", 1e-6, of(kind, picture.ranks), own)


def main():
    parser = peers.arguments(__doc__)
    parser.add_argument("--only", default="", help="part of the name of a program, such as quantus")
    parser.add_argument("--pictures", default="chelsea,coffee,rocket", help="of Examples/pictures")
    options = parser.parse_args()
    peers.skip_without_peers()
    import torch

    warnings.filterwarnings("ignore")
    torch.set_num_threads(options.threads)
    options.directory.mkdir(parents=True, exist_ok=True)
    peers.write_network(options.directory)
    network = peers.torch_network(options.directory)
    table = Table()
    for name in peers.write_pictures(options, LAYERS, options.pictures.split(",")):
        print(name, file=sys.stderr, flush=True)
        picture = Picture(name, network, options)
        for compare in (
            compare_logits,
            compare_torchcam,
            compare_captum,
            compare_correlations,
            compare_road,
            compare_quantus,
        ):
            if options.only in compare.__name__:
                compare(picture, table)
        picture.quit()
    missed = table.print()
    if missed:
        sys.exit(f"differ by more than is allowed: {missed}")


if __name__ == "__main__":
    main()
