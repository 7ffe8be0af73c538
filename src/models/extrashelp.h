// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/providerdescriptor.h"
#include "api/requestsettings.h"

#include <QString>

#include <vector>

namespace diptych {

/// What can be written at a place of the extras' JSON text.
struct ExtrasSuggestion {
    QString name {}; ///< the key or the value
    QString type {}; ///< of a key, for people: "whole number, 0–100"
    QString description {};
    qsizetype start = 0; ///< what is replaced
    qsizetype end = 0;
    QString insertion {};
    qsizetype selectionStart = 0; ///< what is selected afterwards, in `insertion`: the example value
    qsizetype selectionLength = 0;
};

/// A remark on a part of the extras' JSON text.
struct ExtrasRemark {
    enum class Severity {
        Warning, ///< unusual; sent all the same
        Error, ///< the request will be refused
    };
    Severity severity = Severity::Warning;
    qsizetype start = 0;
    qsizetype length = 0;
    QString message {}; ///< "line 2, column 5: …"
};

/// The extras that a server is known to take: those of its wire format and of its variant, see variantOf(). Where the
/// variant is empty, those of all variants are named, without a judgement on their values.
[[nodiscard]] std::vector<KnownExtra> knownExtrasOf(const ProviderDescriptor &descriptor, const QString &variant);

/// Keys and values that fit at the caret, the best first; empty where nothing is known.
[[nodiscard]] std::vector<ExtrasSuggestion> suggestExtras(
    const QString &text, qsizetype caret, const std::vector<KnownExtra> &known);

/// Keys that stand twice, keys that collide with fields of the common API (`settings`: those that are set), values of
/// an unusual type or out of range. In the order of the text.
[[nodiscard]] std::vector<ExtrasRemark> checkExtras(
    const QString &text, const std::vector<KnownExtra> &known, const RequestSettings &settings);

} // namespace diptych
