// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/plaintext.h"

#include <QStringDecoder>

namespace diptych {

namespace {

std::optional<QString> decoded(const QByteArray &bytes, QStringConverter::Encoding encoding)
{
    QStringDecoder decoder(encoding);
    const QString text = decoder(bytes);
    // A text holds no null characters; a program or an archive soon does.
    return decoder.hasError() || text.contains(QChar::Null) ? std::nullopt : std::optional(text);
}

/// Western text in UTF-16 has a null in every other byte.
std::optional<QStringConverter::Encoding> utf16Order(const QByteArray &bytes)
{
    if (bytes.size() % 2 != 0)
        return std::nullopt;
    const qsizetype looked = qMin<qsizetype>(bytes.size(), 4096);
    qsizetype even = 0;
    qsizetype odd = 0;
    for (qsizetype i = 0; i < looked; ++i) {
        if (bytes.at(i) == 0)
            ++(i % 2 == 0 ? even : odd);
    }
    if (odd > looked / 4 && even == 0)
        return QStringConverter::Utf16LE;
    if (even > looked / 4 && odd == 0)
        return QStringConverter::Utf16BE;
    return std::nullopt;
}

} // namespace

std::optional<QString> plainText(const QByteArray &bytes)
{
    if (const auto marked = QStringConverter::encodingForData(bytes))
        return decoded(bytes, *marked);
    if (auto text = decoded(bytes, QStringConverter::Utf8))
        return text;
    const auto order = utf16Order(bytes);
    return order ? decoded(bytes, *order) : std::nullopt;
}

} // namespace diptych
