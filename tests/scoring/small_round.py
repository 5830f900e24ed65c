"""A round small enough to read: five items, three sites, eight answer sheets, one paper."""

from pathlib import Path

EDITION = """\
schema: wenming-edition/1
key: small
title: {zh: 小体系, en: Small edition}
met: A
fallback: C
points: {basic: 10}
grades:
  A: {coefficient: 1, mark: typical}
  B: {coefficient: 0.6, mark: invented}
  C: {coefficient: 0, mark: invented}
sites: {pass_share: 0.8, condition_share: 0.8, weights: {critical: 2, major: 2, minor: 1}}
official: {respondents: 100, deff: 1.5}
groups: {城建: {zh: 城市建设组, en: Construction}, 宣教: {zh: 宣传教育组, en: Publicity}}
gates:
  - {key: PC1, kind: precondition, title: {zh: 复查合格, en: Passed the review}}
dimensions:
  - key: B1
    part: basic
    title: {zh: 廉洁高效的政务环境, en: Government}
    points: 6
    indicators:
      - key: B1.1
        title: {zh: 干部学习, en: Learning}
        items:
          - key: B1.1.1
            title: {zh: 学习制度, en: A rule for learning}
            points: 2
            group: 宣教
            criteria:
              - shape: documents
                method: documents
                required: 2
                grades: {A: {op: ">=", value: 100}, B: {op: ">=", value: 50}}
          - key: B1.1.2
            title: {zh: 市民满意度, en: Satisfaction}
            points: 4
            group: 宣教
            criteria:
              - {shape: number, method: survey, unit: "%", grades: {A: {op: ">=", value: 80}}}
  - key: B2
    part: basic
    title: {zh: 安居乐业的生活环境, en: Living}
    points: 4
    indicators:
      - key: B2.1
        title: {zh: 市容市貌, en: Streets}
        items:
          - key: B2.1.1
            title: {zh: 道路整洁, en: Clean streets}
            points: 2
            group: 城建
            criteria:
              - shape: sites
                method: inspection
                site_types: [main_road]
                sample: 3
                grades: {A: {op: ">=", value: 100}, B: {op: ">=", value: 60}}
          - key: B2.1.2
            title: {zh: 交通事故死亡率, en: Traffic deaths}
            points: 1
            group: 城建
            criteria:
              - shape: number
                method: statistic
                unit: 人/万台车
                grades: {A: {op: "<", value: 10}}
          - key: B2.1.3
            title: {zh: 整体印象, en: Impression}
            points: 1
            criteria:
              - {shape: rating, method: overall, top: 100}
"""

CHECKLISTS = """\
schema: wenming-checklists/1
site_types:
  - key: main_road
    title: {zh: 主次干道, en: Main road}
    mark: typical
    lines:
      - {key: road-1, title: {zh: 无垃圾, en: No litter}, item: B2.1.1, severity: minor,
         judge: count, op: "<=", value: 2, mark: invented}
      - {key: road-2, title: {zh: 路面完好, en: Whole surface}, item: B2.1.1, severity: major,
         judge: pass_fail}
"""

ROUND = """\
schema: wenming-round/1
key: 2026-1
title: {zh: 第 1 轮自测, en: Self-test 1}
city: {zh: 小城市, en: Small City}
edition: edition.yaml
checklists: checklists.yaml
period: {from: 2026-03-01, to: 2026-03-20}
assessed_on: 2026-12-31
synthetic: SYNTHETIC
seed: small
note: {zh: 试样, en: A sample}
groups:
  城建: {title: {zh: 城市建设组, en: Construction}, aliases: [城建组]}
  宣教: {title: {zh: 宣传教育组, en: Publicity}}
gates:
  - {gate: PC1, holds: true, reason: 合格}
"""

DESIGN = """\
schema: wenming-survey/1
strata: [county]
clusters: [community]
weights: weight
lonely: adjust
missing: ["", 不清楚]
questions:
  q01: {item: B1.1.2, text: {zh: 您满意吗？, en: Are you satisfied?}, yes: [满意, 基本满意],
        no: [不满意]}
"""

REPORTED = """\
schema: wenming-reported/1
documents:
  D1: {title: {zh: 通报, en: Circular}, as_of: 2026-04-01}
figures:
  - {key: sites, title: {zh: 点位, en: Sites}, document: D1, value: 5, split: {城建组: 2, 宣教: 2}}
"""

TABLES = {
    "responsibility": """\
item,unit,role,group,due,target
B1.1.1,市委宣传部,lead,宣教,2026-06-30,A
B1.1.2,市委宣传部,lead,宣教,,A
B2.1.1,市城管局,lead,城建组,2026-05-01,A
B2.1.1,市公安局,supporting,城建,,
B2.1.2,市公安局,lead,城建,2026-07-01,A
""",
    "statistics": """\
item,value,unit,period,source
B2.1.2,13.180,人/万台车,2025,市统计局
""",
    "sites": """\
site,site_type,title,county,street,unit
R1,main_road,人民路,中心区,城东街道,市城管局
R2,main_road,解放路,中心区,城西街道,市城管局
R3,main_road,龑䶮路,港区,港口街道,
""",
    "observations": """\
site,line,time,outcome,value,inspector,remark,photo
R1,road-1,2026-03-02T09:30,,1,甲1,,
R1,road-2,2026-03-02T09:32,conform,,甲1,,
R2,road-1,2026-03-02T10:00:00+08:00,,7,甲1,路口有垃圾,IMG_0001.jpg
R2,road-2,2026-03-02T10:05,not_conform,,甲1,坑洼,IMG_0002.jpg
R3,road-1,,not_observed,,乙2,施工,
R3,road-2,2026-03-03,conform,,乙2,,
""",
    "documents": """\
document,item,requirement,title,kind,outcome,reason,reviewer,date,unit
W1,B1.1.1,1,学习计划,规范文件,accepted,,丙,2026-03-10,市委宣传部
W2,B1.1.1,2,学习台账,说明报告,rejected,缺少下半年,丙,2026-03-11,市委宣传部
""",
    "panel": """\
item,assessor,mark
B2.1.3,甲,81.5
B2.1.3,乙,78
""",
    "answers": """\
sheet,county,community,weight,q01
s1,中心区,C1,1.5,满意
s2,中心区,C1,1.5,基本满意
s3,中心区,C2,1.5,不满意
s4,中心区,C2,1.5,不清楚
s5,港区,C3,2,满意
s6,港区,C3,2,
s7,港区,C4,2,不满意
s8,港区,C4,2,满意
""",
}


def write_small_round(folder: Path, *, is_synthetic: bool = False) -> Path:
    """Write the folder and give it back."""
    plan = ROUND.replace("SYNTHETIC", str(is_synthetic).lower())
    texts = {"edition": EDITION, "checklists": CHECKLISTS, "round": plan}
    texts |= {"design": DESIGN, "reported": REPORTED}
    for name, text in texts.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    for name, text in TABLES.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return folder


def change(folder: Path, name: str, old: str, new: str) -> None:
    """Replace a text in one file of the folder."""
    file = folder / name
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def add_margins(folder: Path) -> None:
    """Rake the sheets to margins of the county and of who was asked how, trimmed."""
    text = """\
margins:
  county: {source: 普查, groups: {中心区: 70.50, 港区: 29.5}}
  age: {source: 普查, groups: {18..39: 40, 40..: 60}}
trim: {lower: 0.20, upper: 4}
questions:"""
    change(folder, "design.yaml", "questions:", text)
    head, *rows = TABLES["answers"].splitlines()
    aged = [f"{row},{age}" for row, age in zip(rows, (20, 44, 31, 70, 39, 40, "", 28), strict=True)]
    (folder / "answers.csv").write_text("\n".join([f"{head},age", *aged]), encoding="utf-8")
