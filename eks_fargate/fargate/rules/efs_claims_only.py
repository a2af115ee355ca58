"""efs-claims-only: the only volumes that Fargate claims are existing ones on Amazon EFS."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from eks_fargate.fargate.findings import Level
from eks_fargate.fargate.rules.base import Fail, Undetermined, Verdict, each, not_known, read
from eks_fargate.fargate.rules.events import refused
from eks_fargate.fargate.rules.subjects import PodRule, PodSubject
from eks_fargate.fargate.unknown import UNKNOWN, Unknown
from eks_fargate.fargate.world import SeenObject, World

_FIX = "Make a PersistentVolume of driver efs.csi.aws.com for an existing file system, and name it in volumeName."
_SHOW_IT = "Put the claim and its PersistentVolume into the same input, or check them in the cluster."
_DEFAULT_CLASS = "storageclass.kubernetes.io/is-default-class"


def _check(subject: PodSubject) -> Iterator[Verdict]:
    pod = subject.pod
    for path, volume in each(pod.spec.get("volumes"), subject.at("volumes")):
        name = read(volume, "persistentVolumeClaim", "claimName")
        if name is UNKNOWN:
            yield not_known(path, "whether the volume is a claim on Amazon EFS")
        elif name is not None:
            at = f"{path}.persistentVolumeClaim.claimName"
            claim = subject.world.find("PersistentVolumeClaim", name, pod.namespace)
            if claim is None:
                yield Undetermined(at, f"claim {name} is not in sight, and decides whether Fargate mounts it", _SHOW_IT)
            else:
                yield from _check_claim(subject.world, claim.fields, at, str(name), str(read(volume, "name")))
    if pod.kind == "StatefulSet":
        templates = read(pod.manifest, "spec", "volumeClaimTemplates")
        for path, template in each(templates, "spec.volumeClaimTemplates"):
            name = str(read(template, "metadata", "name"))
            yield from _check_claim(subject.world, template, path, name, name)


def _check_claim(world: World, claim: Any, path: str, name: str, volume: str) -> Iterator[Verdict]:
    """The verdict on one claim, or on a StatefulSet's template for claims, of a volume's name."""
    driver = _driver(world, claim)
    table = world.facts.table("volumes")
    if driver is UNKNOWN:
        yield Undetermined(
            path, f"the volume of claim {name} is not in sight, and decides whether Fargate mounts it", _SHOW_IT
        )
    elif isinstance(driver, _Dynamic):
        yield Fail(
            path,
            f"claim {name} needs dynamic provisioning by {driver.provisioner}, which Fargate does not do",
            _FIX,
            refused(f"{volume} not supported because: PVC {name} not bound"),
        )
    elif driver != table["efsDriver"]:
        yield Fail(path, f"claim {name} is of {driver}, and Fargate mounts {table['efsDriver']} alone", _FIX)


class _Dynamic:
    """A claim for which a volume would have to be made."""

    def __init__(self, provisioner: object) -> None:
        self.provisioner = provisioner


def _driver(world: World, claim: Any) -> str | Unknown | _Dynamic:
    """The driver of the claim's volume, or what would provision it; unknown where neither is in sight."""
    spec = read(claim, "spec")
    volume_name, class_name = read(spec, "volumeName"), read(spec, "storageClassName")
    if isinstance(volume_name, Unknown) or not isinstance(class_name, (str, type(None))):
        return UNKNOWN
    if volume_name:
        volume = world.find("PersistentVolume", volume_name)
        return UNKNOWN if volume is None else _driver_of(volume)
    reserved = world.once(_reserved).get(_named(world, read(claim, "metadata")))
    drivers = {reserved} if reserved else world.once(_drivers_by_class).get(class_name or "", set())
    if drivers:
        return next(iter(drivers)) if len(drivers) == 1 else UNKNOWN
    return _provisioner(world, class_name)


def _provisioner(world: World, class_name: str | None) -> Unknown | _Dynamic:
    table = world.facts.table("volumes")
    storage_class = world.once(_default_class) if class_name is None else world.find("StorageClass", class_name)
    provisioner = read(storage_class.fields, "provisioner") if storage_class else None
    if provisioner is None:
        provisioner = table["classesThatEksMakes"].get(class_name, UNKNOWN)
    if provisioner is UNKNOWN or provisioner == table["noProvisioner"]:
        return UNKNOWN
    # A class of the EFS driver without a provisioning mode only ties claims to volumes that someone made.
    if provisioner == table["efsDriver"] and storage_class is not None:
        mode = read(storage_class.fields, "parameters", "provisioningMode")
        if mode is None or mode is UNKNOWN:
            return UNKNOWN
    return _Dynamic(provisioner)


def _driver_of(volume: SeenObject) -> str | Unknown:
    spec = read(volume.fields, "spec")
    driver = read(spec, "csi", "driver")
    if driver is not None:
        return UNKNOWN if driver is UNKNOWN else str(driver)
    kinds = sorted(key for key in spec if key in _IN_TREE) if isinstance(spec, Mapping) else []
    return f"type {kinds[0]}" if kinds else UNKNOWN


_IN_TREE = frozenset({"awsElasticBlockStore", "hostPath", "local", "nfs", "fc", "iscsi", "flexVolume"})


def _reserved(world: World) -> dict[tuple[str, str], str | Unknown]:
    """The driver of each volume that names its claim, by the claim's name and namespace."""
    claims = ((read(volume.fields, "spec", "claimRef"), volume) for volume in world.of_kind("PersistentVolume"))
    return {_named(world, claim): _driver_of(volume) for claim, volume in claims if isinstance(claim, Mapping)}


def _named(world: World, claim: Any) -> tuple[str, str]:
    namespace = read(claim, "namespace")
    return str(read(claim, "name")), str(world.default_namespace if namespace is None else namespace)


def _drivers_by_class(world: World) -> dict[str, set[str | Unknown]]:
    """The drivers of the volumes that any claim of a class may have; no class is the empty one."""
    found: dict[str, set[str | Unknown]] = {}
    for volume in world.of_kind("PersistentVolume"):
        class_name = read(volume.fields, "spec", "storageClassName")
        if class_name is not UNKNOWN and read(volume.fields, "spec", "claimRef") is None:
            found.setdefault(class_name or "", set()).add(_driver_of(volume))
    return found


def _default_class(world: World) -> SeenObject | None:
    marked = (
        seen
        for seen in world.of_kind("StorageClass")
        if read(seen.fields, "metadata", "annotations", _DEFAULT_CLASS) == "true"
    )
    return next(marked, None)


rule = PodRule(
    id="efs-claims-only",
    group="A",
    level=Level.ERROR,
    statement="A claim is bound to a volume of driver efs.csi.aws.com, statically.",
    source="https://docs.aws.amazon.com/eks/latest/userguide/fargate.html",
    check=_check,
    alone=False,
)
