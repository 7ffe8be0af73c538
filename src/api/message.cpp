// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/message.h"

namespace diptych {

QString Message::text() const
{
    QString joined;
    for (const ContentPart &part : content) {
        if (const auto *piece = std::get_if<TextPart>(&part))
            joined += piece->text;
    }
    return joined;
}

Message Message::fromText(Role role, const QString &text)
{
    return {.role = role, .content = {TextPart {text}}};
}

QString roleName(Role role)
{
    switch (role) {
    case Role::System:
        return QStringLiteral("system");
    case Role::Developer:
        return QStringLiteral("developer");
    case Role::User:
        return QStringLiteral("user");
    case Role::Assistant:
        return QStringLiteral("assistant");
    case Role::Tool:
        return QStringLiteral("tool");
    }
    return {};
}

std::optional<Role> roleFromName(QStringView name)
{
    for (const Role role : {Role::System, Role::Developer, Role::User, Role::Assistant, Role::Tool}) {
        if (name == roleName(role))
            return role;
    }
    return std::nullopt;
}

} // namespace diptych
