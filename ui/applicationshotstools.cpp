// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "applicationshots.h"

#include "application.h"
#include "applicationtools.h"
#include "applicationwindow.h"
#include "chat/chatpane.h"
#include "mainwindow/mainwindow.h"
#include "models/conversation.h"
#include "models/tooldesk.h"
#include "models/toollibrary.h"
#include "tools/schemadialog.h"
#include "tools/tooleditor.h"
#include "tools/toolsdialog.h"

#include <QDialog>
#include <QJsonArray>
#include <QJsonDocument>

// Scenes of tools and forms of answers.
namespace diptych {

namespace {

Tool weatherTool()
{
    static const char schema[] = R"({"type":"object","properties":{
        "city":{"type":"string","description":"Name of the city"},
        "unit":{"type":"string","enum":["celsius","fahrenheit"]},
        "days":{"type":"integer","minimum":1,"maximum":7}},"required":["city"]})";
    return {.name = QStringLiteral("get_weather"),
        .description = QStringLiteral("Weather of a city"),
        .parameters = QJsonDocument::fromJson(schema).object()};
}

ResponseFormat recipe()
{
    static const char schema[] = R"({"type":"object","required":["answer","steps"],"properties":{
        "answer":{"type":"string"},"steps":{"type":"array","minItems":1,"items":{"type":"string"}},
        "minutes":{"type":"integer"}},"additionalProperties":false})";
    return {.type = ResponseFormat::Type::JsonSchema,
        .name = QStringLiteral("recipe"),
        .schema = QJsonDocument::fromJson(schema).object(),
        .strict = true};
}

} // namespace

void ApplicationShots::addToolSteps()
{
    ApplicationWindow *parts = &m_application.window();
    MainWindow *frame = &parts->window();
    ApplicationTools *tools = &m_application.tools();
    const auto answered = [parts] {
        return parts->conversation().runningCount() == 0 && !parts->conversation().session().turns.empty();
    };
    const auto closeDialogs = [this] {
        for (QDialog *dialog : dialogs())
            dialog->close();
    };
    add(
        "tool-cards.png",
        [this, parts, frame, closeDialogs] {
            closeDialogs();
            m_application.setTheme(Settings::Theme::Light);
            frame->resize(QSize(1400, 860));
            frame->showPage(QStringLiteral("chat"));
            parts->startNewSession();
            RequestSettings settings;
            settings.tools = std::vector<Tool> {weatherTool()};
            parts->conversation().setSettings(settings);
            parts->conversation().ask(
                Message::fromText(Role::User, QStringLiteral("What is the weather in Lisbon and Porto?")));
        },
        [parts, tools, answered] {
            return answered() && !tools->desk().waiting(parts->conversation().session().panes.front().id).empty();
        });
    add("tool-cards-dark-1024x640.png", [this, frame] {
        m_application.setTheme(Settings::Theme::Dark);
        frame->resize(QSize(1024, 640));
    });
    add(
        "tool-answered.png",
        [this, parts, frame, tools] {
            m_application.setTheme(Settings::Theme::Light);
            frame->resize(QSize(1400, 860));
            const QString pane = parts->conversation().session().panes.front().id;
            for (const ToolCallEntry &entry : tools->desk().waiting(pane))
                tools->desk().giveResult(entry, QStringLiteral("{\"sky\": \"sunny\", \"degrees\": 24}"));
        },
        answered);
    add("tools-form.png", [this, tools, closeDialogs] {
        closeDialogs();
        tools->library().setCollection(
            {.tools = {{.tool = weatherTool(),
                 .answer = {.kind = ToolAnswer::Kind::Table,
                     .rows = {{QStringLiteral("{\"city\": \"Lis*\"}"),
                                  QStringLiteral("{\"city\": \"{{city}}\", \"sky\": \"sunny\"}")},
                         {QString(), QStringLiteral("rain in {{city}}")}}}}}});
        tools->openTools(false);
    });
    add("tools-answers-dark.png", [this] {
        m_application.setTheme(Settings::Theme::Dark);
        if (auto *editor = dialogs().isEmpty() ? nullptr : dialogs().back()->findChild<ToolEditor *>())
            editor->showAnswerPage();
    });
    add("tools-calls.png", [this, tools, closeDialogs] {
        closeDialogs();
        m_application.setTheme(Settings::Theme::Light);
        tools->openCalls();
    });
    add(
        "schema-valid.png",
        [parts, closeDialogs] {
            closeDialogs();
            parts->startNewSession();
            RequestSettings settings;
            settings.responseFormat = recipe();
            parts->conversation().setSettings(settings);
            parts->conversation().ask(Message::fromText(Role::User, QStringLiteral("How do I add an endpoint?")));
        },
        answered);
    add("schema-violated.png", [parts] {
        // The same answer, by a form that it does not follow.
        RequestSettings settings;
        settings.responseFormat = recipe();
        settings.responseFormat->schema =
            QJsonDocument::fromJson(R"({"properties":{"steps":{"items":{"type":"string","maxLength":3}}}})").object();
        parts->conversation().setSettings(settings);
    });
    add("schema-dialog.png", [tools] { tools->openSchema(false); });
    add("schema-dialog-dark.png", [this] { m_application.setTheme(Settings::Theme::Dark); });
    add("tools-end.png", [this, parts, closeDialogs] {
        closeDialogs();
        m_application.setTheme(Settings::Theme::Light);
        parts->conversation().setSettings({});
    });
}

} // namespace diptych
