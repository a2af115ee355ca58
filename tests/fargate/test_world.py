from __future__ import annotations

from eks_fargate.fargate.placement import DataPlane
from eks_fargate.fargate.profiles import Profile
from eks_fargate.fargate.unknown import UNKNOWN
from tests.fargate.rules.scenes import SHOP, WEB_ONLY, put, service, web, world


def test_objects_are_found_by_kind_name_and_namespace() -> None:
    of = world(service(), {"kind": "IngressClass", "metadata": {"name": "alb"}})
    assert [one.ref for one in of.seen] == ["Service/shop/web", "IngressClass/alb"]
    found = of.find("Service", "web", "shop")
    assert found is not None
    assert found.ref == "Service/shop/web"
    assert of.find("Service", "web", "other") is None
    assert of.find("IngressClass", "alb") is not None


def test_an_object_that_names_no_namespace_is_in_the_default_one() -> None:
    bare = service()
    del bare["metadata"]["namespace"]
    assert [one.ref for one in world(bare).seen] == ["Service/default/web"]
    assert [one.ref for one in world(bare, default_namespace="shop").seen] == ["Service/shop/web"]


def test_what_a_service_selects_is_certain_where_all_of_it_is_known() -> None:
    other = put(put(web(), "metadata.name", "api"), "spec.template.metadata.labels.app", UNKNOWN)
    of = world(service(), web(), other)
    selected = [(placed.pod.name, certain) for placed, certain in of.selected_by(of.of_kind("Service")[0])]
    assert selected == [("web", True), ("api", False)]
    assert [(one.ref, certain) for one, certain in of.services_of[id(of.pods[0].pod)]] == [("Service/shop/web", True)]


def test_the_first_pod_on_fargate_is_a_certain_one_where_there_is_any() -> None:
    of = world(web(), put(web(), "metadata.name", "api"))
    first, second = of.pods
    assert of.first_on_fargate([(first, False), (second, True)]) == (second, True)
    assert of.first_on_fargate([(first, False)]) == (first, False)
    nodes = world(web(), data_plane=DataPlane.NODES)
    assert nodes.first_on_fargate([(nodes.pods[0], True)]) is None


def test_pods_that_are_not_in_sight_land_by_namespace_and_labels() -> None:
    mixed = world(data_plane=DataPlane.MIXED, profiles=(WEB_ONLY,))
    assert mixed.lands_on_fargate("shop") is UNKNOWN
    assert mixed.lands_on_fargate("shop", {"app": "web"}) is True
    assert mixed.lands_on_fargate("shop", {"app": "api"}) is False
    assert mixed.lands_on_fargate("other") is False
    assert world(data_plane=DataPlane.MIXED, profiles=(SHOP,)).lands_on_fargate("shop") is True
    assert world(profiles=()).lands_on_fargate("anything") is True
    assert world(data_plane=DataPlane.NODES).lands_on_fargate("shop") is False


def test_what_a_rule_keeps_of_a_world_is_made_once() -> None:
    made: list[object] = []
    of = world()
    for _ in range(2):
        of.once(made.append)
    assert made == [of]


def test_where_pods_out_of_sight_land_is_not_known_without_profiles_or_data_plane() -> None:
    assert world(profiles=None, data_plane=DataPlane.MIXED).lands_on_fargate("shop") is UNKNOWN
    assert world(profiles=None, data_plane=DataPlane.FARGATE).lands_on_fargate("shop") is True
    assert world(data_plane=UNKNOWN).lands_on_fargate("shop") is True
    assert world(data_plane=UNKNOWN).lands_on_fargate("other") is UNKNOWN
    later = Profile("later", (), unread=True)
    assert world(profiles=(later,), data_plane=DataPlane.MIXED).lands_on_fargate("shop") is UNKNOWN
