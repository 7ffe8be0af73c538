// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// For the files of this folder only: the library's headers are large.

#include "api/schema/jsonpush.h"
#include "api/schema/jsonschema.h"
#include "api/schema/schemarules.h"

#include <QJsonArray>

#include <map>

namespace diptych {

/// Checks a value that is being read. Whatever is complete is checked by the library; of objects and arrays that are
/// still open only what can not become true any more is said.
class SchemaFollower : public JsonPush::Listener
{
public:
    /// A fault that no continuation can repair.
    struct Certain {
        SchemaFault fault {};
        TextSpan span {};
        int order = 0; ///< of two, which was known later
    };

    explicit SchemaFollower(const CompiledSchema &compiled)
        : m_compiled(compiled)
    {
    }

    void opened(bool isArray, qsizetype start) override;
    void named(const QString &key, TextSpan span) override;
    void scalar(const QJsonValue &value, TextSpan span) override;
    void closed(qsizetype end) override;
    void feed(const QJsonValue &value); ///< the same as reading it

    [[nodiscard]] const std::optional<Certain> &certain() const { return m_certain; }

private:
    class OpenCheck;
    /// An object or array that is still open.
    struct Frame {
        bool isArray = false;
        qsizetype start = 0;
        QJsonObject object {};
        QJsonArray array {};
        QString key {}; // of the member that was begun last
        TextSpan keySpan {};
        std::map<const valijson::Subschema *, Certain> dead {}; // schemas that it can not meet any more
    };
    enum class Event { Opened, Named, Complete };

    void complete(const QJsonValue &value, TextSpan span);
    void look(Event event);
    [[nodiscard]] const Certain *check(std::size_t level, const valijson::Subschema &schema);
    [[nodiscard]] QString pointerTo(std::size_t level) const;
    [[nodiscard]] QString pointerToChild(std::size_t level) const;
    [[nodiscard]] bool hasOpenChild(std::size_t level) const { return level + 1 < m_frames.size(); }

    const CompiledSchema &m_compiled;
    std::vector<Frame> m_frames {};
    Event m_event = Event::Opened;
    QJsonValue m_value {}; // with Complete
    TextSpan m_span {}; // with Complete
    std::optional<Certain> m_certain {};
    int m_order = 0;
    bool m_isBlind = false; // the library gave up
};

} // namespace diptych
