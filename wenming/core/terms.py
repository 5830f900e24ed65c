"""The words of the framework that every room shares, as enumerations and small values."""

from dataclasses import dataclass
from enum import StrEnum


class Part(StrEnum):
    """The two parts of a framework."""

    BASIC = "basic"  # 基本指标
    DISTINCTIVE = "distinctive"  # 特色指标


class Method(StrEnum):
    """How an item is looked at (测评方法)."""

    DOCUMENTS = "documents"  # 材料审核
    INSPECTION = "inspection"  # 实地考察
    SURVEY = "survey"  # 问卷调查
    STATISTIC = "statistic"  # 统计数据
    BRIEFING = "briefing"  # 听取汇报
    OVERALL = "overall"  # 整体观察
    NETWORK = "network"  # 网络调查


class RoundKind(StrEnum):
    """What a round is for (轮次类型)."""

    SELF_TEST = "self_test"  # 自测
    MOCK = "mock"  # 模拟测评
    PROVINCIAL = "provincial"  # 省级测评
    NATIONAL = "national"  # 全国测评
    LOOK_BACK = "look_back"  # 复查


class AssignmentRole(StrEnum):
    """What a person does in a round (任务角色)."""

    INSPECTOR = "inspector"  # 实地考察
    INTERVIEWER = "interviewer"  # 入户和拦访调查
    REVIEWER = "reviewer"  # 材料审核
    ASSESSOR = "assessor"  # 整体观察和听取汇报的评委


class SheetSource(StrEnum):
    """How an answer sheet came about (答卷来源)."""

    HOUSEHOLD = "household"  # 入户
    STREET = "street"  # 街头拦访
    WEB = "web"  # 网上
    PAPER = "paper"  # 纸质录入


class DropReason(StrEnum):
    """Why a drawn unit was not looked at (未调查原因)."""

    REFUSED = "refused"  # 拒访
    NO_ACCESS = "no_access"  # 无法进入
    NOBODY_THERE = "nobody_there"  # 多次上门无人
    CLOSED = "closed"  # 停业、关闭
    GONE = "gone"  # 已拆除、搬迁或不存在
    WRONG_KIND = "wrong_kind"  # 与抽样框不符
    UNSAFE = "unsafe"  # 存在安全风险
    OTHER = "other"  # 其他


class State(StrEnum):
    """What can be said of an item (判定)."""

    MET = "met"  # 达标
    NOT_MET = "not_met"  # 未达标
    UNTESTED = "untested"  # 未测: never the lowest grade, never zero
    NOT_APPLICABLE = "not_applicable"  # 不适用: stands aside


class Mark(StrEnum):
    """Where a number or a rule comes from (来源标记)."""

    PUBLIC = "public"  # 公开: found in a public text for this very indicator
    TYPICAL = "typical"  # 常见: public for a sister system
    INVENTED = "invented"  # 示例: a placeholder, to be replaced before real use


class Op(StrEnum):
    """How a number is compared with its limit; data, because both > and >= are in use."""

    ABOVE = ">"
    AT_LEAST = ">="
    BELOW = "<"
    AT_MOST = "<="


class Role(StrEnum):
    """What a unit has to do with an item (责任分解)."""

    LEAD = "lead"  # 牵头
    RESPONSIBLE = "responsible"  # 责任
    SUPPORTING = "supporting"  # 配合


class Outcome(StrEnum):
    """What was seen at a site for one line of its checklist."""

    CONFORM = "conform"  # 符合
    NOT_CONFORM = "not_conform"  # 不符合
    NOT_APPLICABLE = "not_applicable"  # 不适用
    NOT_OBSERVED = "not_observed"  # 未观察到: neither pass nor fail


class Review(StrEnum):
    """What the review of a document or a web check came to."""

    ACCEPTED = "accepted"  # 通过
    REJECTED = "rejected"  # 不通过
    PENDING = "pending"  # 待审


class EvidenceKind(StrEnum):
    """What kind of paper shows that a requirement is met (佐证材料种类)."""

    NORMATIVE = "normative"  # 规范性文件
    REPORT = "report"  # 说明报告
    PHOTO = "photo"  # 实景图片
    TABLE = "table"  # 统计表


class Severity(StrEnum):
    """How heavy one line of a checklist weighs."""

    CRITICAL = "critical"  # 关键项: failing it fails the site
    MAJOR = "major"  # 重点项
    MINOR = "minor"  # 一般项


class GateKind(StrEnum):
    """What stands before the score and is reported beside it (门槛)."""

    PRECONDITION = "precondition"  # 前提条件
    NEGATIVE = "negative"  # 负面清单·一票否决
    MINORS = "minors"  # 未成年人测评


@dataclass(frozen=True, slots=True)
class Words:
    """A name in Chinese as published and, where there is one, an unofficial English rendering."""

    zh: str
    en: str = ""

    def in_language(self, language: str) -> str:
        """The English rendering for "en" where there is one, the Chinese otherwise."""
        return self.en if language == "en" and self.en else self.zh


NO_WORDS = Words("")
"""The name of what has none."""
