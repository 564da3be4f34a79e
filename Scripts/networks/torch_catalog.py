"""The PyTorch networks that are tried: where each comes from, and what it is given."""

from dataclasses import dataclass, field
from typing import Any

import timm
import torch
import torchvision

import torch_modules


@dataclass(frozen=True)
class Architecture:
    """An architecture, built with random weights of a fixed seed.

    `shape` is that of one sample; `task` says what the output is: classes, positions (of which each
    has classes), boxes or text.
    """

    name: str
    library: str
    shape: tuple[int, ...] = (3, 224, 224)
    task: str = "classes"
    options: dict[str, Any] = field(default_factory=dict)

    def build(self) -> torch.nn.Module:
        """The network as its library makes it, before its weights are varied."""
        if self.library == "timm":
            return timm.create_model(self.name, pretrained=False, **self.options)
        if self.library == "own":
            return getattr(torch_modules, self.name)(**self.options)
        model = torchvision.models.get_model(self.name, weights=None, **self.options)
        return torch_modules.FirstOutput(model) if self.task == "positions" else model


def torchvision_networks() -> list[Architecture]:
    """Classifiers of torchvision, its segmentation networks, and one of its detectors and of video."""
    plain = """resnet18 resnet50 resnext50_32x4d regnet_x_400mf regnet_y_400mf densenet121 alexnet
        squeezenet1_1 mobilenet_v2 mobilenet_v3_small mnasnet0_5 efficientnet_b0
        shufflenet_v2_x1_0 convnext_tiny swin_t vit_b_16 maxvit_t"""
    networks = [Architecture(name, "torchvision") for name in plain.split()]
    inception = {"transform_input": True, "aux_logits": False, "init_weights": False}
    networks += [
        Architecture("googlenet", "torchvision", options=inception),
        Architecture("inception_v3", "torchvision", (3, 299, 299), options=inception),
        Architecture("r3d_18", "torchvision", (3, 8, 64, 64)),
    ]
    untrained = {"weights_backbone": None}
    detector = "ssdlite320_mobilenet_v3_large"
    networks.append(
        Architecture(detector, "torchvision", (3, 320, 320), "boxes", untrained)
    )
    segmentation = "fcn_resnet50 deeplabv3_mobilenet_v3_large lraspp_mobilenet_v3_large"
    for name in segmentation.split():
        options = {**untrained, "num_classes": 21}
        networks.append(
            Architecture(name, "torchvision", (3, 128, 128), "positions", options)
        )
    return networks


def timm_networks() -> list[Architecture]:
    """Classifiers of timm, one or two of each family."""
    plain = """vit_tiny_patch16_224 deit_tiny_distilled_patch16_224 mobilevit_s edgenext_xx_small
        ghostnet_100 hardcorenas_a res2net50_26w_4s nf_resnet50 eca_nfnet_l0 resnetv2_50x1_bit
        repvgg_a0 cspresnet50 dla34 hrnet_w18_small mixnet_s efficientformer_l1
        coatnet_nano_rw_224 poolformer_s12 fastvit_t8 mobilenetv4_conv_small mobileone_s0
        efficientvit_b0 levit_128s pvt_v2_b0 xcit_nano_12_p16_224 focalnet_tiny_srf davit_tiny
        mambaout_femto mixer_s16_224 ese_vovnet19b_dw starnet_s1 inception_next_atto
        convnextv2_atto repvit_m0_9"""
    networks = [Architecture(name, "timm") for name in plain.split()]
    networks.append(Architecture("botnet26t_256", "timm", (3, 256, 256)))
    return networks


def own_networks() -> list[Architecture]:
    """Networks of kinds that neither library has: a U-Net, a reader of text, a detector."""
    return [
        Architecture("UNet", "own", (3, 128, 128), "positions"),
        Architecture("TextReader", "own", (1, 32, 128), "text"),
        Architecture("Detector", "own", (3, 128, 128), "boxes"),
    ]


def networks() -> list[Architecture]:
    """All architectures in the order of the table."""
    return torchvision_networks() + timm_networks() + own_networks()
