// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QJsonObject>
#include <QJsonValue>
#include <QMetaType>
#include <QString>

#include <utility>
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
/// log is complete by construction. Keys keep the order in which they were written.
class BodyEncoder
{
public:
    void sent(const QString &field, const QJsonValue &value);
    void renamed(const QString &field, const QString &wire, const QJsonValue &value, const QString &reason);
    void converted(const QString &field, const QString &wire, const QJsonValue &value, const QString &reason);
    void added(const QString &wire, const QJsonValue &value, const QString &reason);
    void dropped(const QString &field, const QString &reason);
    /// A header or URL part that stands for something in the request; logged, not part of the body.
    void addedHeader(const QByteArray &name, const QByteArray &value, const QString &reason);

    [[nodiscard]] bool contains(const QString &wire) const;
    [[nodiscard]] QByteArray body() const; ///< the bytes to send
    [[nodiscard]] const ChangeLog &changes() const { return m_changes; }
    [[nodiscard]] const std::vector<std::pair<QByteArray, QByteArray>> &headers() const { return m_headers; }

private:
    void write(
        Change::Kind kind, const QString &field, const QString &wire, const QJsonValue &value, const QString &reason);

    std::vector<std::pair<QString, QJsonValue>> m_members;
    std::vector<std::pair<QByteArray, QByteArray>> m_headers;
    ChangeLog m_changes;
};

[[nodiscard]] QString changeKindName(Change::Kind kind); ///< sent, renamed, converted, dropped, added

} // namespace diptych

Q_DECLARE_METATYPE(diptych::ChangeLog)
