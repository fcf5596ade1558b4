"""A small guide in Arabic, written for the tests: what to do with tea that went cold."""

from __future__ import annotations

import tree

TEXT = """ماذا نفعل بالشاي البارد؟

إذا كان في الكوب حليب فلا تعد تسخينه أبدًا، وحضّر كوبًا جديدًا (نحو 0,25 لتر).
إذا لم يكن فيه حليب فأعد تسخينه عادةً، أو اشربه مع الثلج إن كان الجو حارًّا.
"""

GUIDE = """title: ماذا نفعل بالشاي البارد؟
subject: {one: كوب, many: أكواب}
language: ar
text: text.txt

factors:
  milk:
    question: هل في الكوب حليب؟
    quote: إذا كان في الكوب حليب
  hot:
    question: هل الجو حار (في الخارج)؟
    quote: إن كان الجو حارًّا

options:
  warm: {name: إعادة التسخين, quote: فأعد تسخينه}
  fresh: {name: كوب جديد, quote: حضّر كوبًا جديدًا}
  ice: {name: شربه مع الثلج, quote: اشربه مع الثلج}

statements:
  never_warm:
    quote: إذا كان في الكوب حليب فلا تعد تسخينه أبدًا
    when: {milk: yes}
    withhold: warm
    strength: أبدًا
  make_fresh:
    quote: [إذا كان في الكوب حليب, وحضّر كوبًا جديدًا]
    when: {milk: yes}
    offer: fresh
  usually_warm:
    quote: إذا لم يكن فيه حليب فأعد تسخينه عادةً
    when: {milk: no}
    prefer: warm
    strength: عادةً
  with_ice:
    quote: [إذا لم يكن فيه حليب, اشربه مع الثلج إن كان الجو حارًّا]
    when: {milk: no, hot: yes}
    offer: ice

context:
  - {quote: ماذا نفعل بالشاي البارد؟, reason: عنوان}
"""


def arabic_guide() -> tree.Guide:
    return tree.loads(TEXT, GUIDE)
