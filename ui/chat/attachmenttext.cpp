// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/attachmenttext.h"

#include "models/formatting.h"

#include <QCoreApplication>

namespace diptych {

namespace {

QString translated(const char *text, int count = -1)
{
    return QCoreApplication::translate("diptych::AttachmentText", text, nullptr, count);
}

QString kindText(const Attachment &attachment)
{
    switch (attachment.kind) {
    case Attachment::Kind::Picture:
        return translated("picture");
    case Attachment::Kind::Sound:
        return translated("sound");
    case Attachment::Kind::Text:
        return translated("text");
    case Attachment::Kind::Pdf:
        break;
    }
    if (attachment.readPages < attachment.pages)
        return translated("text of the first %1 of %2 pages").arg(attachment.readPages).arg(attachment.pages);
    return attachment.pages > 0 ? translated("text of %n page(s)", attachment.pages) : translated("text of a PDF");
}

} // namespace

QString attachmentFacts(const Attachment &attachment)
{
    QStringList facts {kindText(attachment)};
    if (attachment.pixels.isValid()) {
        facts.append(QStringLiteral("%1 × %2").arg(
            QString::number(attachment.pixels.width()), QString::number(attachment.pixels.height())));
    }
    if (attachment.length)
        facts.append(formatDuration(std::chrono::microseconds(*attachment.length)));
    facts.append(formatBytes(attachment.size));
    return facts.join(QStringLiteral(", "));
}

QString attachmentIcon(Attachment::Kind kind)
{
    switch (kind) {
    case Attachment::Kind::Picture:
        return QStringLiteral("image");
    case Attachment::Kind::Sound:
        return QStringLiteral("sound");
    case Attachment::Kind::Text:
    case Attachment::Kind::Pdf:
        break;
    }
    return QStringLiteral("text");
}

} // namespace diptych
