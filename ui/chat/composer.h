// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/message.h"
#include "core/result.h"
#include "models/contextgauge.h"
#include "models/prompthistory.h"
#include "store/attachment.h"
#include "store/promptlibrary.h"

#include <QJsonObject>
#include <QList>
#include <QUrl>
#include <QWidget>

#include <memory>
#include <utility>

class QMenu;

namespace diptych {

namespace Ui {
class Composer;
}

class AttachmentBar;
class Banner;
class VariablesBar;

/// Where the prompt is written: Enter sends, Shift+Enter makes a new line, Escape stops, Up and Down at the ends bring
/// earlier prompts back. Files go with it as attachments; values of {{variables}} are asked for below it.
class Composer : public QWidget
{
    Q_OBJECT
public:
    explicit Composer(QWidget *parent = nullptr);
    ~Composer() override;

    [[nodiscard]] QString text() const; ///< as written, variables and all
    /// What would be sent. Errors: InvalidRequest that names a variable without a value.
    [[nodiscard]] Result<Message> prompt() const;
    [[nodiscard]] bool isBlank() const; ///< neither text nor attachments
    void clear(); ///< after sending; Ctrl+Z brings the text back, Up the prompt
    void setText(const QString &text);
    [[nodiscard]] Message draft() const; ///< attachments and the text as written
    void setDraft(const Message &draft);
    void setSystemPrompt(const QString &text);
    void setRunning(bool isRunning);
    void setTargetCount(int panes); ///< how many panes the prompt goes to
    void setVariables(const QJsonObject &values); ///< what was filled in before
    void setHistory(const QStringList &prompts) { m_history.setEntries(prompts); } ///< oldest first
    void setEstimates(const std::vector<ContextEstimate> &estimates);
    /// Prompt files among them are opened, the others attached.
    void addFiles(const QList<QUrl> &files);
    void addAttachment(const Attachment &attachment); ///< one that was read before
    /// Writes a prompt of the library or of a file: its system prompt into that field, the rest at the cursor. One with
    /// more messages takes the place of what is written.
    void usePrompt(const Prompt &prompt);
    using Actions = std::vector<std::pair<QString, QString>>; ///< id and label; bannerAction(id) follows a click
    void showProblem(const QString &title, const QString &text, const Actions &actions = {});
    void showOffer(const QString &title, const QString &text, const Actions &actions);
    void showToolState(int tools, bool hasForm); ///< what the session offers and asks for
    [[nodiscard]] QMenu &systemMenu() { return *m_systemMenu; } ///< beside the button of the system prompt

Q_SIGNALS:
    void sendRequested(const diptych::Message &prompt);
    /// A prompt of several messages with roles, as a conversation of its own. The last one has the attachments.
    void scriptRequested(const std::vector<diptych::Message> &messages);
    void stopRequested();
    void systemPromptEdited(const QString &text);
    void variablesEdited(const QJsonObject &values);
    void textEdited(); ///< what would be sent is different
    void libraryRequested();
    void toolsRequested();
    void schemaRequested();
    void promptUsed(const diptych::Prompt &prompt); ///< its model and parameters may be wanted, too
    void bannerAction(const QString &id);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void setUpButtons();
    void connectParts();
    void send();
    void chooseFiles();
    void recall(bool older, bool isAtStart);
    void noteEdit();
    void showState();
    void refuse(const QString &reason);
    void showVariableProblem(const Error &error);
    void showBanner(bool isProblem, const QString &title, const QString &text, const Actions &actions);

    std::unique_ptr<Ui::Composer> m_ui;
    QMenu *m_systemMenu;
    Banner *m_banner;
    AttachmentBar *m_attachments;
    VariablesBar *m_variables;
    PromptHistory m_history;
    std::optional<Attachment> m_removed; ///< last, to be brought back
    QString m_overflow; ///< what will not fit
    bool m_isScript = false; ///< the text is a prompt of several messages
    bool m_isRefusal = false; ///< the banner lists files that were not attached
    bool m_isNarrow = false;
    bool m_isRunning = false;
    int m_targetCount = 0;
};

} // namespace diptych
