// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/adaptation.h"
#include "core/error.h"
#include "core/jsonbuilder.h"

#include <QByteArray>
#include <QJsonObject>
#include <QJsonValue>
#include <QMetaType>
#include <QString>

#include <utility>
#include <variant>
#include <vector>

namespace diptych {

/// One line of the change log: what became of a field of the common request on its way to the wire.
struct Change {
    Q_GADGET
public:
    enum class Kind {
        Sent, ///< under the same name, with the same value
        Renamed, ///< under another name
        Converted, ///< the value has another form on this wire
        Dropped, ///< not sent
        Added, ///< not in the request; the wire format or the endpoint needs it
    };
    Q_ENUM(Kind)

    Kind kind = Kind::Sent;
    QString field {}; ///< common name, e.g. "max_tokens"; empty with Added
    QString wire {}; ///< name on the wire, or "header extra-parameters"; empty with Dropped
    QString reason {}; ///< why; empty with Sent
    bool operator==(const Change &) const = default;
};
using ChangeLog = std::vector<Change>;

/// Builds the JSON body of a request and its change log together: a field reaches the wire only through here, so the
/// log is complete by construction. Keys keep the order in which they were written. A wire name with dots is a path:
/// "options.top_k" writes the member top_k of the object options.
class BodyEncoder
{
public:
    explicit BodyEncoder(Adaptation adaptation = Adaptation::Adapt)
        : m_adaptation(adaptation)
    {
    }

    void sent(const QString &field, const QJsonValue &value);
    void sent(const QString &field, const JsonArrayBuilder &value); ///< at the root only
    void renamed(const QString &field, const QString &wire, const QJsonValue &value, const QString &reason);
    void converted(const QString &field, const QString &wire, const QJsonValue &value, const QString &reason);
    /// At the root only.
    void converted(const QString &field, const QString &wire, const JsonArrayBuilder &value, const QString &reason);
    /// A line for a part of a field that is written as a whole elsewhere, e.g. one message of `messages`.
    void convertedPart(const QString &field, const QString &wire, const QString &reason);
    void added(const QString &wire, const QJsonValue &value, const QString &reason);
    void dropped(const QString &field, const QString &reason);
    /// A field that this wire format can not express, and why. Dropped with a line, or with Adaptation::Strict refused:
    /// see refusal().
    void unmapped(const QString &field, const QString &reason);
    /// The same for a field that has a near form here: written so with a line, or refused.
    void approximated(const QString &field, const QString &wire, const QJsonValue &value, const QString &reason);
    /// An extra parameter under its own name, dots and all. An object is merged into one that is there already. The
    /// path of the first member that is there already comes back, and nothing is written then; empty: written.
    [[nodiscard]] QString extra(const QString &key, const QJsonValue &value, const QString &reason);
    /// A header or URL part that stands for something in the request; logged, not part of the body.
    void addedHeader(const QByteArray &name, const QByteArray &value, const QString &reason);

    /// Set when a field does not map and the endpoint is strict: Error::Kind::Unsupported that names the field.
    [[nodiscard]] const std::optional<Error> &refusal() const { return m_refusal; }
    [[nodiscard]] bool contains(const QString &wire) const;
    [[nodiscard]] QByteArray body() const; ///< the bytes to send
    [[nodiscard]] const ChangeLog &changes() const { return m_changes; }
    [[nodiscard]] const std::vector<std::pair<QByteArray, QByteArray>> &headers() const { return m_headers; }

private:
    using Value = std::variant<QJsonValue, QByteArray>; // a value, or its JSON text
    struct Member {
        QString name {};
        Value value {};
    };
    [[nodiscard]] std::size_t indexOf(QStringView name) const; ///< in m_members; their number when there is none
    void write(Change::Kind kind, const QString &field, const QString &wire, Value value, const QString &reason);
    void writeAt(const QString &path, const QJsonValue &value);
    void refuse(const QString &field, const QString &reason);

    Adaptation m_adaptation = Adaptation::Adapt;
    std::optional<Error> m_refusal;
    std::vector<Member> m_members;
    std::vector<std::pair<QByteArray, QByteArray>> m_headers;
    ChangeLog m_changes;
};

[[nodiscard]] QString changeKindName(Change::Kind kind); ///< sent, renamed, converted, dropped, added

} // namespace diptych

Q_DECLARE_METATYPE(diptych::ChangeLog)
