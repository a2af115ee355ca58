from __future__ import annotations

from typing import Any

from tests.fargate.rules.scenes import case, findings, said, web


def _job(**spec: Any) -> dict[str, Any]:
    template = web(restartPolicy="Never")["spec"]["template"]
    metadata = {"name": "nightly", "namespace": "shop"}
    return {"apiVersion": "batch/v1", "kind": "Job", "metadata": metadata, "spec": {"template": template, **spec}}


def _cron_job(**spec: Any) -> dict[str, Any]:
    metadata = {"name": "nightly", "namespace": "shop"}
    job_template = {"spec": _job(**spec)["spec"]}
    return {
        "apiVersion": "batch/v1",
        "kind": "CronJob",
        "metadata": metadata,
        "spec": {"schedule": "0 3 * * *", "jobTemplate": job_template},
    }


CASES = {
    "jobs-expire": case([_job(ttlSecondsAfterFinished=0)], [_job()], "spec.ttlSecondsAfterFinished"),
}
_MESSAGE = "ttlSecondsAfterFinished is not set, so a finished Job's pods stay and are paid for until it is deleted"


def test_a_job_that_does_not_expire_is_a_warning() -> None:
    assert said(findings("jobs-expire", _job())) == [("warning", "spec.ttlSecondsAfterFinished", _MESSAGE)]


def test_a_cron_job_says_it_for_the_jobs_it_makes() -> None:
    assert findings("jobs-expire", _cron_job(ttlSecondsAfterFinished=60)) == []
    assert said(findings("jobs-expire", _cron_job())) == [
        ("warning", "spec.jobTemplate.spec.ttlSecondsAfterFinished", _MESSAGE)
    ]


def test_a_job_that_helm_deletes_once_it_has_succeeded_need_not_expire() -> None:
    hook = _job()
    hook["metadata"]["annotations"] = {"helm.sh/hook-delete-policy": "before-hook-creation,hook-succeeded"}
    assert findings("jobs-expire", hook) == []
    hook["metadata"]["annotations"] = {"helm.sh/hook-delete-policy": "before-hook-creation"}
    assert len(findings("jobs-expire", hook)) == 1


def test_a_deployment_never_finishes() -> None:
    assert findings("jobs-expire", web()) == []
