"""What is wrong with the shape of settings, in the words that the user reads."""

from __future__ import annotations

from typing import Any

import pytest

from tests.stacks.configured import FARGATE, MIXED, NO_NAT, REMOVED, changed, problems_of


@pytest.mark.parametrize(
    ("config", "sentences"),
    [
        pytest.param(
            changed(FARGATE, {"network.cdir": "10.0.0.0/16"}),
            "network.cdir: unknown key; did you mean cidr? known here: cidr, endpoints, existing, nat, zones",
            id="an unknown key of a section",
        ),
        pytest.param(
            changed(FARGATE, {"cluster.endpoint.publicCidr": []}),
            "cluster.endpoint.publicCidr: unknown key; did you mean publicCidrs? known here: private, public, "
            "publicCidrs",
            id="an unknown key deep inside",
        ),
        pytest.param(
            changed(FARGATE, {"profiles.apps.subnet": []}),
            "profiles.apps.subnet: unknown key; did you mean subnets? known here: fixedName, selectors, subnets, tags",
            id="an unknown key of a profile",
        ),
        pytest.param(
            changed(FARGATE, {"profiles.apps.selectors.0.lables": {}}),
            "profiles.apps.selectors[0].lables: unknown key; did you mean labels? known here: labels, namespace",
            id="an unknown key of a selector",
        ),
        pytest.param(
            changed(FARGATE, {"profiles.selectors": {"selectors": [{"namespace": "x"}], "foo": 1}}),
            "profiles.selectors.foo: unknown key; known here: fixedName, selectors, subnets, tags",
            id="an unknown key of a profile that is named like a key",
        ),
        pytest.param(
            changed(FARGATE, {"network.zones": "use1-az1"}),
            'network.zones: got "use1-az1"; a list is wanted, in brackets or with a dash before each entry',
            id="text for a list",
        ),
        pytest.param(
            changed(MIXED, {"nodeGroups.general.minSize": "2"}),
            'nodeGroups.general.minSize: got "2"; a whole number is wanted',
            id="text for a whole number",
        ),
        pytest.param(
            changed(MIXED, {"nodeGroups.general.minSize": 1.5}),
            "nodeGroups.general.minSize: got the number 1.5; a whole number is wanted",
            id="a broken number for a whole one",
        ),
        pytest.param(
            changed(FARGATE, {"logging.enabled": "yes"}),
            'logging.enabled: got "yes"; true or false is wanted, without quotes',
            id="text for a boolean",
        ),
        pytest.param(
            changed(FARGATE, {"network": ["use1-az1"]}),
            "network: got a list of 1; a mapping is wanted",
            id="a list for a section",
        ),
        pytest.param(
            changed(FARGATE, {"network": "10.0.0.0/16"}),
            'network: got "10.0.0.0/16"; a mapping is wanted',
            id="plain text for a section",
        ),
        pytest.param(
            changed(FARGATE, {"cluster": 1.35}),
            "cluster: got the number 1.35; a mapping is wanted",
            id="a number for a section",
        ),
        pytest.param(
            changed(FARGATE, {"cluster": {}}),
            "cluster.version: it is missing, and has no default",
            id="an empty section",
        ),
        pytest.param(
            changed(FARGATE, {"profiles.apps.selectors": REMOVED}),
            "profiles.apps.selectors: it is missing, and has no default",
            id="a missing key",
        ),
        pytest.param(
            changed(FARGATE, {"profiles.apps.selectors": [{"labels": {"a": "b"}}]}),
            "profiles.apps.selectors[0].namespace: it is missing, and has no default",
            id="a selector without a namespace",
        ),
        pytest.param(
            changed(FARGATE, {"network.nat": None}),
            "network.nat: got nothing; allowed: 'none', 'single', 'perZone'",
            id="nothing for a value",
        ),
        pytest.param(
            changed(FARGATE, {"profiles.apps.selectors.0.labels": {"tested": True}}),
            "profiles.apps.selectors[0].labels.tested: got the boolean true; text is wanted: write it in "
            "quotes, 'true'",
            id="a boolean label",
        ),
        pytest.param(
            changed(FARGATE, {"tags": {"cost-center": 5}}),
            "tags.cost-center: got the number 5; text is wanted: write it in quotes, '5'",
            id="a number for a tag",
        ),
        pytest.param(
            changed(NO_NAT, {"network.endpoints": "all"}),
            'network.endpoints: got "all"; auto is wanted, or a list of services such as [s3, sts]',
            id="a word for endpoints",
        ),
        pytest.param(
            changed(FARGATE, {"rules": {"cluster-version": False}}),
            "rules.cluster-version: got the boolean false; a level is wanted (off, warning, error), or a "
            "mapping of level and suppress",
            id="a boolean for a level",
        ),
        pytest.param(
            changed(FARGATE, {"rules": {"cluster-version": {"suppress": "vpc"}}}),
            'rules.cluster-version.suppress: got "vpc"; a list is wanted, in brackets or with a dash before each entry',
            id="a word for suppressions",
        ),
    ],
)
def test_a_wrong_shape_is_told_by_key_value_and_what_is_wanted(config: dict[str, Any], sentences: str) -> None:
    assert "\n".join(problems_of(config)) == sentences
