"""What a Python user does with a folder of photographs: Grad-CAM and an overlay for each.

    python folder_of_pictures.py PHOTOGRAPHS OUTPUT [--workers 2] [--threads 1] [--batch 8]

timm's EfficientNet-Lite0 (random weights; the time does not depend on them) is explained by grad-cam for
the class with the highest score, at the last activation. Two workers of a DataLoader decode and resize with
Pillow; overlays of the size that Vitrine draws, 640 pixels, are written as PNG with zlib's fastest level,
and the maps as .npz. Prints one line of JSON. The other side of the comparison is

    vitrine explain Examples/models/efficientnet-lite0.onnx PHOTOGRAPHS -o OUTPUT
"""

import argparse
import json
import pathlib
import resource
import time

import numpy as np
import torch
from PIL import Image

MEAN, SCALE, SHORT_SIDE, SIDE = 127.0, 128.0, 256, 224


class Photographs(torch.utils.data.Dataset):
    def __init__(self, folder):
        self.files = sorted(p for p in pathlib.Path(folder).iterdir() if p.suffix == ".jpg")

    def __len__(self):
        return len(self.files)

    def __getitem__(self, index):
        picture = Image.open(self.files[index]).convert("RGB")
        shorter = min(picture.size)
        size = [SHORT_SIDE * length // shorter for length in picture.size]
        picture = picture.resize(size, Image.BICUBIC)
        left, top = (size[0] - SIDE) // 2, (size[1] - SIDE) // 2
        pixels = np.asarray(picture.crop((left, top, left + SIDE, top + SIDE)))
        values = (pixels.astype(np.float32) - MEAN) / SCALE
        return torch.from_numpy(values.transpose(2, 0, 1)), pixels, index


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("photographs")
    parser.add_argument("output", type=pathlib.Path)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--batch", type=int, default=8)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    start = time.perf_counter()

    import timm
    from pytorch_grad_cam import GradCAM
    from pytorch_grad_cam.utils.image import show_cam_on_image

    network = timm.create_model("tf_efficientnet_lite0", pretrained=False).eval()
    options.output.mkdir(parents=True, exist_ok=True)
    data = Photographs(options.photographs)
    loader = torch.utils.data.DataLoader(data, options.batch, num_workers=options.workers)
    with GradCAM(model=network, target_layers=[network.bn2]) as cam:
        for inputs, pixels, indices in loader:
            maps = cam(input_tensor=inputs, targets=None)
            scores = cam.outputs.detach().numpy()
            for place, index in enumerate(indices.tolist()):
                stem = options.output / data.files[index].stem
                overlay = show_cam_on_image(
                    pixels[place].numpy().astype(np.float32) / 255, maps[place], use_rgb=True)
                Image.fromarray(overlay).resize((640, 640), Image.BILINEAR).save(
                    f"{stem}.png", compress_level=1)
                np.savez(
                    f"{stem}.npz", aligned=maps[place], scores=scores[place],
                    input=inputs[place].numpy())
    usage = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    print(
        json.dumps({
            "pictures": len(data),
            "seconds": round(time.perf_counter() - start, 2),
            "processorSeconds": round(sum(u.ru_utime + u.ru_stime for u in usage), 2),
            "peakMegabytes": round(sum(u.ru_maxrss for u in usage) / 1024),
        }))


if __name__ == "__main__":
    main()
