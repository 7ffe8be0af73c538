// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "providers/common/encodingoptions.h"

#include <QJsonArray>
#include <QStringList>

#include <optional>

namespace diptych {

/// Texts as JSON, unpaired surrogates replaced.
[[nodiscard]] QJsonArray encodeTexts(const QStringList &texts);

/// The model of a request, or the endpoint's default, or a line saying why there is none.
void writeModel(BodyEncoder &encoder, const QString &model, const EncodingOptions &options);

/// Writes optional fields; unset is not written. Remembers which were set.
class FieldWriter
{
public:
    explicit FieldWriter(BodyEncoder &encoder)
        : m_encoder(encoder)
    {
    }

    template <typename T>
    void sent(const QString &field, const std::optional<T> &value)
    {
        if (isSet(field, value))
            m_encoder.sent(field, toJson(*value));
    }
    template <typename T>
    void renamed(const QString &field, const QString &wire, const std::optional<T> &value, const QString &reason)
    {
        if (isSet(field, value))
            m_encoder.renamed(field, wire, toJson(*value), reason);
    }
    /// See BodyEncoder::unmapped().
    template <typename T>
    void unmapped(const QString &field, const std::optional<T> &value, const QString &reason)
    {
        if (isSet(field, value))
            m_encoder.unmapped(field, reason);
    }
    [[nodiscard]] const QStringList &names() const { return m_names; } ///< of the fields that were set

private:
    template <typename T>
    bool isSet(const QString &field, const std::optional<T> &value)
    {
        if (value)
            m_names.append(field);
        return value.has_value();
    }
    static QJsonValue toJson(bool value) { return value; }
    static QJsonValue toJson(int value) { return value; }
    static QJsonValue toJson(qint64 value) { return value; }
    static QJsonValue toJson(double value) { return value; }
    static QJsonValue toJson(const QString &value);
    static QJsonValue toJson(const QStringList &value) { return encodeTexts(value); }

    BodyEncoder &m_encoder;
    QStringList m_names;
};

} // namespace diptych
