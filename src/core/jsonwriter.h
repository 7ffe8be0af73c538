// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QJsonValue>
#include <QStringView>

namespace diptych {

/// What a JSON text holds in the place of an unpaired surrogate, which UTF-8 can not carry.
enum class LoneSurrogate {
    Escaped, ///< its escape, as QJsonDocument writes it; strict parsers refuse that
    Replaced, ///< U+FFFD
};

/// Appends the JSON text of a value, the same bytes as QJsonDocument::Compact writes. Faster, since nothing is put into
/// a document first, and since the text is not gathered piece by piece. Undefined is written as null.
void appendJson(QByteArray &json, const QJsonValue &value);
/// The same for a text, with its quotation marks.
void appendJsonText(QByteArray &json, QStringView text, LoneSurrogate loneSurrogate = LoneSurrogate::Escaped);

} // namespace diptych
