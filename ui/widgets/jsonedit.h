// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonValue>
#include <QPlainTextEdit>
#include <QTimer>

#include <chrono>
#include <functional>
#include <optional>
#include <vector>

namespace diptych {

class JsonHighlighter;
class SuggestionPopup;

/// A text field for a JSON object or array: highlighted, checked while typing, with the place of the mistake marked.
/// Ctrl+Space lists what fits at the caret; so does typing.
class JsonEdit : public QPlainTextEdit
{
    Q_OBJECT
public:
    enum class Shape { Object, Array };
    /// Something that can be written at the caret.
    struct Suggestion {
        QString name {};
        QString type {};
        QString description {};
        qsizetype start = 0; ///< what is replaced, in characters of the text
        qsizetype end = 0;
        QString insertion {};
        qsizetype selectionStart = 0; ///< selected afterwards, in `insertion`
        qsizetype selectionLength = 0;
    };
    using Suggester = std::function<std::vector<Suggestion>(const QString &text, qsizetype caret)>;
    /// Something to be said about a part of the text, which may be valid all the same.
    struct Remark {
        bool isError = false;
        qsizetype start = 0;
        qsizetype length = 0;
        QString message {};
        bool operator==(const Remark &) const = default;
    };
    using Checker = std::function<std::vector<Remark>(const QString &text)>;

    explicit JsonEdit(QWidget *parent = nullptr);
    ~JsonEdit() override;

    void setShape(Shape shape);
    /// Shows the value. Keeps the text as it is, caret included, when it means the same already, and when the value is
    /// the one that was reported or set last: what is being typed is not thrown away.
    void setJson(const QJsonValue &value);
    /// Shows the value whatever is there: it is about something else now.
    void replaceJson(const QJsonValue &value);
    /// What the text means; an empty text is an empty object or array. Unset when it is not valid.
    [[nodiscard]] std::optional<QJsonValue> json() const { return m_value; }
    /// "line 3, column 7: …"; empty when the text is valid.
    [[nodiscard]] QString errorText() const { return m_errorText; }
    void setSuggester(Suggester suggester) { m_suggester = std::move(suggester); }
    void setChecker(Checker checker);
    /// Asks the checker again: what it knows has changed.
    void recheck();
    [[nodiscard]] const std::vector<Remark> &remarks() const { return m_remarks; }
    /// How long after the last key a change is reported; 300 ms unless told.
    void setPause(std::chrono::milliseconds pause) { m_pause.setInterval(pause); }
    /// Reads the text now instead of after the pause. Leaving the field does so too.
    void flush();
    /// Lists what fits at the caret.
    void suggest();

Q_SIGNALS:
    /// A person's change that is valid, a pause after the last key.
    void jsonEdited(const QJsonValue &value);
    /// Checked at once, empty when the mistake is gone.
    void errorChanged(const QString &text);
    void remarksChanged();

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void changeEvent(QEvent *event) override;
    bool viewportEvent(QEvent *event) override;
    bool focusNextPrevChild(bool next) override;

private:
    void check();
    void fail(qsizetype offset, const QString &text);
    void setError(const QString &text);
    void paintMarks();
    [[nodiscard]] QTextEdit::ExtraSelection marked(qsizetype start, qsizetype end, bool isError) const;
    void suggestWhileTyping();
    void offer(bool chooses);
    void take(int suggestion);

    JsonHighlighter *m_highlighter;
    SuggestionPopup *m_popup;
    Suggester m_suggester;
    Checker m_checker;
    std::vector<Suggestion> m_suggestions;
    std::vector<Remark> m_remarks;
    QTimer m_pause;
    Shape m_shape = Shape::Object;
    std::optional<QJsonValue> m_value;
    QJsonValue m_reported; // what the owner knows
    QString m_errorText;
    qsizetype m_errorOffset = 0;
};

} // namespace diptych
