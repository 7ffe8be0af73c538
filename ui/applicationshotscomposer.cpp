// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "applicationshots.h"

#include "application.h"
#include "applicationwindow.h"
#include "chat/chatpane.h"
#include "chat/composer.h"
#include "chat/promptdesk.h"
#include "mainwindow/mainwindow.h"
#include "models/conversation.h"
#include "store/attachment.h"
#include "store/promptlibrary.h"

#include <QBuffer>
#include <QDialog>
#include <QDockWidget>
#include <QImage>
#include <QPainter>

// The composer's scenes: attachments, variables, prompts.
namespace diptych {

namespace {

QByteArray samplePicture()
{
    QImage picture(640, 420, QImage::Format_RGB32);
    QPainter painter(&picture);
    QLinearGradient sky(0, 0, 0, picture.height());
    sky.setColorAt(0, QColor(70, 120, 190));
    sky.setColorAt(1, QColor(250, 210, 150));
    painter.fillRect(picture.rect(), sky);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(QColor(255, 245, 200));
    painter.drawEllipse(QPoint(450, 180), 50, 50);
    painter.setBrush(QColor(40, 60, 70));
    painter.drawPolygon(QPolygon({{0, 420}, {180, 190}, {330, 340}, {430, 260}, {640, 420}}));
    painter.end();
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    picture.save(&buffer, "PNG");
    return bytes;
}

Message sampleDraft(const QString &text)
{
    std::vector<Attachment> attachments;
    const std::pair<const char *, QByteArray> files[] = {{"evening over the hills.png", samplePicture()},
        {"minutes of the meeting that nobody wanted to remember.md", "# Minutes\n\n- nothing was decided\n"}};
    for (const auto &[name, bytes] : files) {
        if (const Result<Attachment> attachment = attachmentFromBytes(QString::fromLatin1(name), bytes))
            attachments.push_back(*attachment);
    }
    return promptWith(attachments, text);
}

Prompt samplePrompt()
{
    return {.id = QStringLiteral("sample"),
        .name = QStringLiteral("Compare two things"),
        .description = QStringLiteral("A short comparison for somebody in a hurry"),
        .text = QStringLiteral("Compare {{first}} with {{second}} in three sentences, for {{reader}}."),
        .model = QStringLiteral("gpt-4o"),
        .values = {{QStringLiteral("first"), QStringLiteral("tea")},
            {QStringLiteral("second"), QStringLiteral("coffee")}},
        .settings = {.sampling = {.temperature = 0.2}}};
}

} // namespace

void ApplicationShots::addComposerSteps()
{
    ApplicationWindow *parts = &m_application.window();
    MainWindow *frame = &parts->window();
    const auto close = [this] {
        for (QDialog *dialog : dialogs())
            dialog->reject();
    };
    add("composer-attachments.png", [this, parts, frame] {
        frame->resize(1400, 860);
        frame->findChild<QDockWidget *>(QStringLiteral("dock-activity"))->hide();
        m_application.setTheme(Settings::Theme::Light);
        frame->showPage(QStringLiteral("chat"));
        parts->conversation().startNew({{QStringLiteral("builtin"), QStringLiteral("guide")},
            {QStringLiteral("builtin"), QStringLiteral("guide-brief")}});
        parts->chat().composer().setDraft(sampleDraft(QStringLiteral("What do you make of these?")));
    });
    add("composer-refusal.png", [this, parts] {
        parts->conversation().setPaneSystemPrompt(QStringLiteral("p2"), QStringLiteral("Answer in one sentence."));
        press("sendButton");
    });
    add("composer-history.png",
        [parts] { parts->conversation().ask(sampleDraft(QStringLiteral("What do you make of these?"))); });
    add("composer-variables.png", [parts] {
        parts->chat().composer().clear();
        parts->chat().composer().usePrompt(samplePrompt());
    });
    add("composer-library.png", [this] { press("libraryButton"); });
    add("composer-library-prompt.png", [this] { press("addButton"); });
    add("composer-pane-prompt.png", [this, parts, close] {
        close();
        parts->chat().desk().editPanePrompt(QStringLiteral("p2"));
    });
    add("composer-dark-1024x640.png", [this, parts, frame, close] {
        close();
        m_application.setTheme(Settings::Theme::Dark);
        frame->resize(1024, 640);
        parts->chat().composer().setDraft(sampleDraft(QStringLiteral("{{first}} or {{second}}?")));
    });
}

} // namespace diptych
