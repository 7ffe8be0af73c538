// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/chat.h"
#include "api/schema/schemawatch.h"

#include <QFrame>
#include <QTimer>

#include <optional>

class QLabel;
class QTextEdit;

namespace diptych {

class Conversation;
class ElidedLabel;

/// A line that says whether a pane's answer follows the schema that was asked for, while it arrives; what violates it
/// is marked in the view of the answer. Hidden when no form was asked for. Follows the conversation by itself.
class SchemaVerdict : public QFrame
{
    Q_OBJECT
public:
    /// The conversation outlives it. `view`: shows the answers; may be null.
    SchemaVerdict(Conversation &conversation, const QString &paneId, QTextEdit *view, QWidget *parent = nullptr);

    [[nodiscard]] QString text() const;

protected:
    void changeEvent(QEvent *event) override;

private:
    void begin(const std::optional<ResponseFormat> &format);
    void showLast();
    void say();
    void mark();

    Conversation &m_conversation;
    QString m_paneId;
    QTextEdit *m_view;
    ElidedLabel *m_line;
    std::optional<SchemaWatch> m_watch {};
    QString m_refusal {}; // the schema can not be used
    QString m_text {}; // of the answer
    QTimer m_frame;
    bool m_isMarked = false;
};

} // namespace diptych
