"""The peer of `deno task bench`: the same work done by PyTorch, timm, torchvision and Pillow.

    python peer.py WORK [options]      (WORK: step_mugs, extract, ...; --help lists them)

It prepares the work, reports that in a line of JSON with its versions, and then does the work once
for every line that it reads, answering each with the seconds of the clock and of the processor that
this took. It ends with its input.
"""

import argparse
import itertools
import json
import sys
import time
from pathlib import Path

import torch
from torch import nn
from torch.nn import functional as F

ARCHITECTURES = {
    "custom": None,
    "vit_tiny": (192, 12, 3),
    "vit_small": (384, 12, 6),
    "vit_base": (768, 12, 12),
    "resnet50": None,
}


# --- the network ----------------------------------------------------------------------------------


class Backbone(nn.Module):
    """timm's vision transformer for any image size, perhaps with a block that relates images."""

    def __init__(self, o, drop_path=0.0, relation=False):
        super().__init__()
        from timm.models.vision_transformer import Block, VisionTransformer

        width, depth, heads = o.width, o.depth, o.heads
        norm = lambda size, **_: nn.LayerNorm(size, eps=1e-6)
        self.vit = VisionTransformer(
            img_size=o.image_size, patch_size=o.patch_size, embed_dim=width, depth=depth,
            num_heads=heads, num_classes=0, drop_path_rate=drop_path, norm_layer=norm,
        )
        self.relation = Block(width, heads, qkv_bias=True, norm_layer=norm) if relation else None
        self.side = o.image_size // o.patch_size

    def positions(self, rows, columns):
        positions = self.vit.pos_embed
        if (rows, columns) == (self.side, self.side):
            return positions
        grid = positions[0, 1:].T.reshape(1, -1, self.side, self.side)
        resized = F.interpolate(grid, size=(rows, columns), mode="bicubic", align_corners=False)
        return torch.cat([positions[:, :1], resized.flatten(2).transpose(1, 2)], dim=1)

    def tokens(self, images):
        patches = self.vit.patch_embed.proj(images)
        first = self.vit.cls_token.expand(len(images), -1, -1)
        x = torch.cat([first, patches.flatten(2).transpose(1, 2)], dim=1)
        return self.vit.blocks(x + self.positions(*patches.shape[2:]))

    def features(self, images):
        return self.vit.norm(self.tokens(images))[:, 0]

    def related(self, query, neighbors):
        return self.vit.norm(self.relation(torch.cat([query[:, None], neighbors], dim=1))[:, 0])


def layers(*sizes, bias):
    """Linear layers with a GELU between each two."""
    pairs = list(itertools.pairwise(sizes))
    parts = [(nn.Linear(*pair, bias=bias), nn.GELU()) for pair in pairs]
    return nn.Sequential(*itertools.chain(*parts))[:-1]


class ContrastHead(nn.Module):
    """A projector and, for the student, a predictor; both end in unit length."""

    def __init__(self, o, student):
        super().__init__()
        self.projector = layers(o.width, o.hidden, o.hidden, o.out, bias=False)
        predictor = layers(o.out, o.predictor_hidden, o.out, bias=False) if student else None
        self.predictor = predictor or nn.Identity()

    def forward(self, x):
        projected = F.normalize(self.projector(x), dim=-1)
        return F.normalize(self.predictor(projected), dim=-1)


class GroupHead(nn.Module):
    """Logits over prototypes, whose directions and lengths are parameters of their own."""

    def __init__(self, o):
        super().__init__()
        self.projector = layers(o.width, o.hidden, o.hidden, o.bottleneck, bias=True)
        prototypes = nn.Linear(o.bottleneck, o.prototypes, bias=False)
        self.prototypes = nn.utils.parametrizations.weight_norm(prototypes)

    def forward(self, x):
        return self.prototypes(F.normalize(self.projector(x), dim=-1))


class Network(nn.Module):
    def __init__(self, o, student):
        super().__init__()
        self.backbone = Backbone(o, o.drop_path if student else 0.0, relation=True)
        self.instance = ContrastHead(o, student)
        self.local_group = ContrastHead(o, student)
        self.group = GroupHead(o)

    def forward(self, views, memory):
        """Embeds groups of views, each of one size; also mean patch tokens of the first group."""
        classes, related, means = [], [], []
        for images in views:
            raw = self.backbone.tokens(images)
            query = raw.mean(dim=1)
            related.append(self.backbone.related(query, memory.nearest(query)))
            tokens = self.backbone.vit.norm(raw)
            classes.append(tokens[:, 0])
            means.append(tokens[:, 1:].mean(dim=1).detach())
        classes = torch.cat(classes)
        related = torch.cat(related)
        return self.instance(classes), self.local_group(related), self.group(classes), means[0]


class DinoNetwork(nn.Module):
    """A backbone and logits over prototypes, whose lengths stay."""

    def __init__(self, o, student):
        super().__init__()
        self.backbone = Backbone(o, o.drop_path if student else 0.0)
        self.head = GroupHead(o)
        self.head.prototypes.parametrizations.weight.original0.requires_grad = False

    def forward(self, views):
        return self.head(torch.cat([self.backbone.features(images) for images in views]))


def normed(*sizes, last):
    """Linear layers with a batch normalization behind each and a ReLU between each two."""
    pairs = list(itertools.pairwise(sizes))
    parts = [
        (nn.Linear(*pair, bias=False), nn.BatchNorm1d(pair[1]), nn.ReLU(inplace=True))
        for pair in pairs[:-1]
    ]
    return nn.Sequential(*itertools.chain(*parts), *last(*pairs[-1]))


class SimsiamNetwork(nn.Module):
    """torchvision's ResNet-50 with a projector of three layers, and a predictor of two."""

    def __init__(self, o):
        super().__init__()
        from torchvision.models import resnet50

        self.encoder = resnet50(zero_init_residual=True)
        width = self.encoder.fc.in_features
        plain = lambda *pair: (nn.Linear(*pair), nn.BatchNorm1d(pair[1], affine=False))
        self.encoder.fc = normed(width, width, width, o.out, last=plain)
        self.encoder.fc[6].bias.requires_grad = False
        self.predictor = normed(o.out, o.predictor_hidden, o.out, last=lambda *p: (nn.Linear(*p),))

    def forward(self, images):
        projection = self.encoder(images)
        return self.predictor(projection), projection.detach()


# --- state that is carried from step to step ------------------------------------------------------


class Ring:
    """The place of the next row in a buffer that is written round and round."""

    def __init__(self, size):
        self.size, self.next = size, 0

    def places(self, count):
        places = torch.arange(self.next, self.next + count) % self.size
        self.next = (self.next + count) % self.size
        return places


class Memory:
    """Mean patch tokens of past images in three copies, as the method keeps them."""

    def __init__(self, o):
        self.searched, self.keys, self.values = (torch.randn(o.memory, o.width) for _ in range(3))
        self.ring, self.count = Ring(o.memory), o.neighbors

    @torch.no_grad()
    def nearest(self, query):
        likeness = F.normalize(query.float(), dim=1) @ F.normalize(self.searched, dim=1).T
        found = likeness.topk(self.count).indices
        self.values[found]
        return self.keys[found]

    @torch.no_grad()
    def write(self, rows):
        places = self.ring.places(len(rows))
        for content in (self.searched, self.keys, self.values):
            content[places] = rows.float()


class Contrast:
    """InfoNCE over all pairs of views against a queue; every negative product is made once."""

    def __init__(self, o):
        self.queue = F.normalize(torch.randn(o.out, o.queue), dim=0)
        self.ring, self.temperature = Ring(o.queue), o.temperature

    def loss(self, student, teacher, views):
        queue = self.queue.clone()
        parts, targets = student.chunk(views), teacher.chunk(2)
        negatives = [part @ queue for part in parts]
        sums, counts = [0.0, 0.0], [0, 0]
        for i, target in enumerate(targets):
            for j, part in enumerate(parts):
                if i != j:
                    positive = (part * target).sum(dim=1, keepdim=True)
                    logits = torch.cat([positive, negatives[j]], dim=1) / self.temperature
                    first = torch.zeros(len(logits), dtype=torch.long)
                    small = int(j >= 2)
                    sums[small] = sums[small] + F.cross_entropy(logits, first)
                    counts[small] += 1
        self.write(teacher)
        return sum(s / max(n, 1) for s, n in zip(sums, counts)) / 2

    @torch.no_grad()
    def write(self, keys):
        self.queue[:, self.ring.places(len(keys))] = keys.float().T


class Clustering:
    """Cross-entropy of the student's assignments to the teacher's, which are centered."""

    def __init__(self, o):
        self.center = torch.zeros(1, o.prototypes)

    def loss(self, student, teacher, views, apart=True):
        """With `apart`, pairs with large and with small views weigh half each, else all alike."""
        targets = F.softmax((teacher - self.center) / 0.04, dim=1).chunk(2)
        guesses = [F.log_softmax(part / 0.1, dim=1) for part in student.chunk(views)]
        sums, counts = [0.0, 0.0], [0, 0]
        for i, target in enumerate(targets):
            for j, guess in enumerate(guesses):
                if i != j:
                    small = int(j >= 2)
                    sums[small] = sums[small] - (target * guess).sum(dim=1).mean()
                    counts[small] += 1
        self.center = 0.9 * self.center + 0.1 * teacher.mean(dim=0, keepdim=True)
        if not apart:
            return sum(sums) / sum(counts)
        return sum(s / max(n, 1) for s, n in zip(sums, counts)) / 2


# --- the works: each builds a function that does the work once ------------------------------------


def autocast(o):
    device = "cuda" if o.device == "gpu" else "cpu"
    return torch.autocast(device, dtype=torch.bfloat16, enabled=o.dtype == "bfloat16")


def optimizer(network):
    """AdamW with the method's four groups."""
    groups = {}
    for name, parameter in network.named_parameters():
        bare = parameter.ndim == 1 or name.endswith("bias")
        groups.setdefault(("patch_embed" in name, bare), []).append(parameter)
    return torch.optim.AdamW([
        {"params": params, "lr": 2e-5 if patch else 1e-4, "weight_decay": 0.0 if bare else 0.04}
        for (patch, bare), params in groups.items()
    ])


class Pair:
    """A student and the teacher that follows it, in training."""

    def __init__(self, o, network):
        self.student = network(o, True).train()
        self.teacher = network(o, False).train().requires_grad_(False)
        self.learned = dict(self.student.named_parameters())
        self.followed = [
            (parameter, self.learned[name]) for name, parameter in self.teacher.named_parameters()
        ]
        for parameter, source in self.followed:
            parameter.copy_(source.detach())
        if o.compile:
            for network in (self.student, self.teacher):
                network.backbone.vit.blocks.compile()
        self.adamw = optimizer(self.student)
        self.ema = torch.optim.swa_utils.get_ema_multi_avg_fn(0.996)

    def move(self, loss):
        self.adamw.zero_grad()
        loss.backward()
        for parameter in self.learned.values():  # each tensor is clipped on its own
            if parameter.grad is not None:
                parameter.grad.mul_((3 / (parameter.grad.norm() + 1e-6)).clamp(max=1))
        self.adamw.step()
        with torch.no_grad():
            self.ema(*map(list, zip(*self.followed)), None)
        loss.item()


def noise(o, count, size):
    """Views of a batch of images, if there are any."""
    return [torch.randn(count * o.batch, 3, size, size)] if count else []


def step_mugs(o):
    """Training steps of Mugs on images that lie in memory."""
    pair = Pair(o, Network)
    memories = Memory(o), Memory(o)
    instance, local_group, group = Contrast(o), Contrast(o), Clustering(o)
    large = [*noise(o, 2, o.size), *noise(o, 2, o.size)]
    small = noise(o, o.local_crops, o.local_size)
    weak = torch.arange(o.batch) % 2 == 0
    views = 2 + o.local_crops

    def once():
        with autocast(o):
            with torch.no_grad():
                *theirs, their_mean = pair.teacher(large[:1], memories[1])
            *ours, our_mean = pair.student([large[1], *small], memories[0])
        pairs = [(ours[i].float(), theirs[i].float(), views) for i in range(3)]
        losses = (instance.loss(*pairs[0]), local_group.loss(*pairs[1]), group.loss(*pairs[2]))
        memories[0].write(our_mean[: o.batch][weak])
        memories[1].write(their_mean[: o.batch])
        pair.move(sum(losses) / 3)

    return once, o.batch


def step_dino(o):
    """Training steps of DINO on images that lie in memory."""
    pair, clustering = Pair(o, DinoNetwork), Clustering(o)
    large, small = noise(o, 2, o.size), noise(o, o.local_crops, o.local_size)
    views = 2 + o.local_crops

    def once():
        with autocast(o):
            with torch.no_grad():
                theirs = pair.teacher(large)
            ours = pair.student([*large, *small])
        pair.move(clustering.loss(ours.float(), theirs.float(), views, apart=False))

    return once, o.batch


def step_simsiam(o):
    """Training steps of SimSiam on images that lie in memory; views go one after the other."""
    network = SimsiamNetwork(o).train()
    if o.compile:
        network.encoder.compile()
    sgd = torch.optim.SGD(network.parameters(), 0.05, momentum=0.9, weight_decay=1e-4)
    views = [*noise(o, 1, o.size), *noise(o, 1, o.size)]

    def once():
        with autocast(o):
            (first, first_target), (second, second_target) = map(network, views)
        likeness = [
            F.cosine_similarity(first.float(), second_target.float(), dim=1).mean(),
            F.cosine_similarity(second.float(), first_target.float(), dim=1).mean(),
        ]
        loss = -sum(likeness) / 2
        sgd.zero_grad()
        loss.backward()
        sgd.step()
        loss.item()

    return once, o.batch


def layered(network, depth, decay=0.55, rate=1e-4):
    """AdamW with layer decay, as in BEiT; vectors, class token and positions do not decay."""
    groups = {}
    for name, parameter in network.named_parameters():
        if name.startswith(("cls_token", "pos_embed", "patch_embed")):
            layer = 0
        else:
            layer = int(name.split(".")[1]) + 1 if name.startswith("blocks") else depth + 1
        bare = parameter.ndim == 1 or name in ("cls_token", "pos_embed")
        groups.setdefault((layer, bare), []).append(parameter)
    return torch.optim.AdamW([
        {
            "params": params, "lr": rate * decay ** (depth + 1 - layer),
            "weight_decay": 0.0 if bare else 0.05,
        }
        for (layer, bare), params in groups.items()
    ])


def fine_tune(o):
    """Fine-tuning steps on images that lie in memory, each mixed by mixup or cutmix."""
    from timm.data import Mixup
    from timm.loss import SoftTargetCrossEntropy
    from timm.models.vision_transformer import VisionTransformer

    network = VisionTransformer(
        img_size=o.image_size, patch_size=o.patch_size, embed_dim=o.width, depth=o.depth,
        num_heads=o.heads, num_classes=o.classes, drop_path_rate=o.drop_path,
    ).train()
    if o.compile:
        network.blocks.compile()
    adamw, criterion = layered(network, o.depth), SoftTargetCrossEntropy()
    mixup = Mixup(mixup_alpha=0.8, cutmix_alpha=1.0, label_smoothing=0.1, num_classes=o.classes)
    images = torch.randn(o.batch, 3, o.image_size, o.image_size)
    labels = torch.arange(o.batch) % o.classes

    def once():
        mixed, targets = mixup(images.clone(), labels)
        with autocast(o):
            logits = network(mixed)
        adamw.zero_grad()
        loss = criterion(logits.float(), targets)
        loss.backward()
        adamw.step()
        loss.item()

    return once, o.batch


def embedding(o):
    """The function that gives the features of images."""
    if o.arch == "resnet50":
        from torchvision.models import resnet50

        network = resnet50().eval()
        network.fc = nn.Identity()
        if o.compile:
            network.compile()
        return network
    backbone = Backbone(o).eval()
    if o.compile:
        backbone.vit.blocks.compile()
    return backbone.features


def extract(o):
    """Features of images that lie in memory."""
    embed = embedding(o)
    images = torch.randn(o.batch, 3, o.size, o.size)

    @torch.inference_mode()
    def once():
        with autocast(o):
            embed(images)

    return once, o.batch


class Photos(torch.utils.data.Dataset):
    def __init__(self, folder, transform):
        self.paths, self.transform = sorted(Path(folder).glob("*.jpg")), transform

    def __len__(self):
        return len(self.paths)

    def __getitem__(self, index):
        from PIL import Image

        with Image.open(self.paths[index]) as image:
            return self.transform(image.convert("RGB"))


def to_input():
    from torchvision import transforms as t

    return [t.ToTensor(), t.Normalize((0.485, 0.456, 0.406), (0.229, 0.224, 0.225))]


def jpeg(o):
    """Features of JPEG files, read and resized in two workers."""
    from torchvision import transforms as t

    shorter = round(o.size * 256 / 224)
    bicubic = t.InterpolationMode.BICUBIC
    steps = [t.Resize(shorter, bicubic), t.CenterCrop(o.size), *to_input()]
    photos = Photos(o.photos, t.Compose(steps))
    loader = torch.utils.data.DataLoader(photos, o.batch, num_workers=2, persistent_workers=True)
    embed = embedding(o)

    @torch.inference_mode()
    def once():
        for images in loader:
            with autocast(o):
                embed(images)

    return once, len(photos)


def knn(o):
    """Weighted k-NN of unit rows."""
    train = F.normalize(torch.randn(o.train, o.width), dim=1)
    queries = F.normalize(torch.randn(o.queries, o.width), dim=1)
    labels = torch.randint(o.classes, (o.train,))

    @torch.inference_mode()
    def once():
        for some in queries.split(256):
            similarity, nearest = (some @ train.T).topk(o.neighbors)
            votes = torch.zeros(len(some), o.classes)
            votes.scatter_add_(1, labels[nearest], (similarity / 0.07).exp())
            votes.argmax(dim=1)

    return once, o.queries


def near(rows, columns, reach=12):
    """Which places of a grid lie at most `reach` rows and columns from which others."""
    y, x = torch.arange(rows), torch.arange(columns)
    y_near = (y[:, None] - y[None]).abs() <= reach
    x_near = (x[:, None] - x[None]).abs() <= reach
    both = y_near[:, None, :, None] & x_near[None, :, None, :]
    return both.reshape(rows * columns, rows * columns).float()


def video(o):
    """Objects followed through the frames of a video, as by DINO's program for DAVIS."""
    import numpy as np
    from PIL import Image
    from torchvision import transforms as t

    network = Backbone(o).eval()
    short, patch, last, topk, temperature = 480, o.patch_size, 7, 5, 0.1
    width = int(short * o.frame_width / o.frame_height / 64) * 64
    rows, columns = short // patch, width // patch
    pixels = (o.frame_height, o.frame_width, 3)
    frames = [np.random.randint(0, 256, pixels, dtype=np.uint8) for _ in range(o.frames)]
    to_tensor = t.Compose(to_input())
    places = torch.arange(rows * columns) % (o.objects + 1)
    first = F.one_hot(places, o.objects + 1).float().T
    within = near(rows, columns)[None]

    def features(frame):
        image = Image.fromarray(frame).resize((width, short), Image.BILINEAR)
        with autocast(o):
            tokens = network.vit.norm(network.tokens(to_tensor(image)[None]))
        return F.normalize(tokens[0, 1:].float(), dim=1)

    def propagate(target, sources, labels):
        affinity = torch.exp(torch.bmm(target.expand(len(sources), -1, -1), sources) / temperature)
        affinity *= within
        affinity = affinity.transpose(2, 1).reshape(-1, rows * columns)
        weakest = affinity.topk(topk, dim=0).values.min(dim=0).values
        affinity[affinity < weakest] = 0
        affinity = affinity / affinity.sum(dim=0, keepdim=True)
        return torch.cat(labels, dim=1) @ affinity

    def paint(labels):
        maps = labels.reshape(1, -1, rows, columns)
        maps = F.interpolate(maps, scale_factor=patch, mode="bilinear", align_corners=False)[0]
        low, high = maps.amin((1, 2), keepdim=True), maps.amax((1, 2), keepdim=True)
        maps = torch.where(high > 0, (maps - low) / (high - low), maps)
        mask = Image.fromarray(maps.argmax(dim=0).byte().numpy())
        return mask.resize((o.frame_width, o.frame_height), Image.NEAREST)

    @torch.inference_mode()
    def once():
        start, memory = (features(frames[0]).T, first), []
        for frame in frames[1:]:
            target = features(frame)
            context = [start, *memory[-last:]]
            sources = torch.stack([columns for columns, _ in context])
            labels = propagate(target[None], sources, [labels for _, labels in context])
            memory = [*memory[-last:], (target.T, labels)]
            paint(labels)

    return once, o.frames


def weak_views(o):
    """The weakly augmented views of each JPEG file."""
    from PIL import ImageFilter
    from torchvision import transforms as t

    def blur(chance):
        def filtered(image):
            radius = float(torch.empty(1).uniform_(0.1, 2))
            return image.filter(ImageFilter.GaussianBlur(radius))

        return t.RandomApply([t.Lambda(filtered)], chance)

    def view(size, scale, blurred, solarized=0.0):
        crop = t.RandomResizedCrop(size, scale, interpolation=t.InterpolationMode.BICUBIC)
        jitter = t.RandomApply([t.ColorJitter(0.4, 0.4, 0.2, 0.1)], 0.8)
        colors = [jitter, t.RandomGrayscale(0.2), blur(blurred)]
        last = [t.RandomSolarize(128, solarized)] if solarized else []
        return t.Compose([crop, t.RandomHorizontalFlip(), *colors, *last, *to_input()])

    first, second = view(o.size, (0.25, 1), 1.0), view(o.size, (0.25, 1), 0.1, 0.2)
    small = view(o.local_size, (0.05, 0.25), 0.5)
    plan = [first, second] * 2 + [small] * o.local_crops
    return Photos(o.photos, lambda image: [make(image) for make in plan])


def multicrop(o):
    """The weakly augmented views of JPEG files for one training step, one photo after the other."""
    photos = weak_views(o)

    def once():
        for index in range(len(photos)):
            photos[index]

    return once, len(photos)


def loader(o):
    """The same views in batches, made by as many workers as there are threads."""
    photos = weak_views(o)
    workers = {"num_workers": o.threads, "persistent_workers": True, "drop_last": True}
    batches = torch.utils.data.DataLoader(photos, o.batch, shuffle=True, **workers)

    def once():
        for _ in batches:
            pass

    return once, len(photos) // o.batch * o.batch


# --- the conversation -----------------------------------------------------------------------------


def options():
    formatter = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=formatter)
    works = (step_mugs, step_dino, step_simsiam, fine_tune, extract, jpeg, knn, video)
    works += (multicrop, loader)
    parser.add_argument("work", choices=[work.__name__ for work in works])
    parser.add_argument("--arch", choices=list(ARCHITECTURES), default="vit_small")
    parser.add_argument("--dtype", choices=["float32", "bfloat16"], default="float32")
    parser.add_argument("--device", choices=["cpu", "gpu"], default="cpu")
    parser.add_argument("--compile", action="store_true", help="compile blocks with torch.compile")
    parser.add_argument("--photos", help="folder of JPEG files, for jpeg, multicrop and loader")
    parser.add_argument("--drop-path", type=float, default=0.1)
    parser.add_argument("--temperature", type=float, default=0.2)
    numbers = {
        "threads": 2, "warmup": 1, "batch": 4, "width": 384, "depth": 12, "heads": 6,
        "image-size": 224, "patch-size": 16, "size": 224, "local-size": 96, "local-crops": 10,
        "hidden": 2048, "predictor-hidden": 4096, "out": 256, "bottleneck": 256,
        "prototypes": 65536, "queue": 65536, "memory": 65536, "neighbors": 8,
        "train": 50000, "queries": 2000, "classes": 1000,
        "frames": 20, "frame-width": 854, "frame-height": 480, "objects": 3,
    }
    for name, value in numbers.items():
        parser.add_argument(f"--{name}", type=int, default=value)
    o = parser.parse_args()
    if ARCHITECTURES[o.arch]:
        o.width, o.depth, o.heads = ARCHITECTURES[o.arch]
    return o


def main():
    o = options()
    torch.set_num_threads(o.threads)
    torch.manual_seed(0)
    on_gpu = o.device == "gpu"
    if on_gpu:
        if not torch.cuda.is_available():
            sys.exit("PyTorch finds no GPU: there is none, or it was built without CUDA")
        torch.set_default_device("cuda")
    finish = torch.cuda.synchronize if on_gpu else lambda: None
    once, items = globals()[o.work](o)
    for _ in range(o.warmup):
        once()
    report({"ready": True, "items": items, "engine": f"PyTorch {torch.__version__}"})
    for _ in sys.stdin:
        wall, cpu = time.perf_counter(), time.process_time()
        once()
        finish()
        seconds, cpu = time.perf_counter() - wall, time.process_time() - cpu
        memory = torch.cuda.max_memory_allocated() if on_gpu else None
        report({"seconds": seconds, "cpu": cpu, "deviceMemory": memory})


def report(fact):
    print(json.dumps(fact), flush=True)


if __name__ == "__main__":
    main()
