// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/model.h"
#include "core/error.h"

#include <QObject>

#include <vector>

namespace diptych {

/// What is remembered of the abilities of models: refusals seen in answers, what endpoints declare, what probes found.
/// Persisted by its owner, which follows `changed`.
class CapabilityBook : public QObject
{
    Q_OBJECT
public:
    struct Entry {
        ModelRef model {};
        Capabilities capabilities {};
        bool operator==(const Entry &) const = default;
    };

    using QObject::QObject;

    /// Replaces everything, without a signal.
    void load(const std::vector<Entry> &entries);
    [[nodiscard]] const std::vector<Entry> &entries() const { return m_entries; }
    [[nodiscard]] Capabilities capabilities(const ModelRef &model) const;

    void note(const ModelRef &model, const QString &ability, const CapabilityState &state);
    /// Remembers a refusal: Error::Kind::Unsupported of a server (not one of our own making) that names what it
    /// refuses. Other errors are ignored.
    void learn(const ModelRef &model, const Error &error);
    void forget(const ModelRef &model, const QString &ability);
    void forgetAll(const ModelRef &model);
    void forgetEndpoint(const QString &endpointId);

Q_SIGNALS:
    void changed(const diptych::ModelRef &model);

private:
    std::vector<Entry> m_entries;
};

/// The ability that a parameter's path belongs to: "response_format", "images" for an image in the messages, "tools"
/// for anything inside it. The path's first name where nothing better is known; empty for an empty path.
[[nodiscard]] QString abilityOfParameter(const QString &parameter);

/// What an answer of a server says of an ability: refused, with status, code and the server's own words, as of now.
[[nodiscard]] CapabilityState refusalOf(const Error &error, CapabilityState::Source source);

/// An ability for people, e.g. "JSON schema"; the name itself where there is nothing better.
[[nodiscard]] QString abilityTitle(const QString &ability);

} // namespace diptych
