// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QJsonArray>
#include <QMetaType>
#include <QString>

#include <optional>
#include <variant>
#include <vector>

namespace diptych {

enum class Role { System, Developer, User, Assistant, Tool };

/// The pieces that the content of a message is made of.
/// Source: Azure AI Model Inference API, content items `text`, `image_url`, `input_audio`, `audio_url`.
struct TextPart {
    QString text {};
    QString name {}; ///< the file that it came from; empty: it was typed. Not sent: the text says it where that matters
    bool operator==(const TextPart &) const = default;
};
struct ImagePart {
    QString url {}; ///< https: or data:image/…;base64,…
    QString detail {}; ///< auto, low, high; empty: not sent
    QString name {}; ///< the file that it came from; may be empty. Not sent
    bool operator==(const ImagePart &) const = default;
};
struct AudioPart {
    QByteArray data {}; ///< decoded bytes
    QString format {}; ///< wav or mp3
    QString name {}; ///< the file that it came from; may be empty. Not sent
    bool operator==(const AudioPart &) const = default;
};
struct AudioUrlPart {
    QString url {};
    bool operator==(const AudioUrlPart &) const = default;
};
using ContentPart = std::variant<TextPart, ImagePart, AudioPart, AudioUrlPart>;

/// A function call that the model asked for.
struct ToolCall {
    QString id {};
    QString name {};
    QString arguments {}; ///< JSON text as the model wrote it; may be invalid JSON
    bool operator==(const ToolCall &) const = default;
};

/// One message of a conversation.
struct Message {
    Role role = Role::User;
    std::vector<ContentPart> content {};
    std::vector<ToolCall> toolCalls {}; ///< assistant only
    QString toolCallId {}; ///< tool only: which call this answers
    QString reasoning {}; ///< assistant only: what the model thought aloud; not sent back by default
    QString refusal {}; ///< assistant only: the model's own words for refusing
    /// Assistant only: pieces that their provider wants back unchanged in later turns, such as signed thoughts. Each is
    /// an object with a member `provider`; other providers leave it out.
    QJsonArray opaque {};
    bool operator==(const Message &) const = default;

    /// All text parts joined.
    [[nodiscard]] QString text() const;
    [[nodiscard]] static Message fromText(Role role, const QString &text);
};

/// The wire name of a role: system, developer, user, assistant, tool.
[[nodiscard]] QString roleName(Role role);
[[nodiscard]] std::optional<Role> roleFromName(QStringView name);

} // namespace diptych

Q_DECLARE_METATYPE(diptych::Message)
