// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/wiretext.h"

#include <QWidget>

#include <functional>

class QLabel;
class QPlainTextEdit;
class QToolButton;

namespace diptych {

/// Bytes to be read, one page of them at a time, so that a body of megabytes costs no more than a short one. Nothing in
/// them takes effect: see inertText(). What is shown is what was sent, but for that.
class BytesView : public QWidget
{
    Q_OBJECT
public:
    /// Read in place at each refresh; a copy would make a body that still grows be copied again and again.
    using Source = std::function<QByteArrayView()>;

    explicit BytesView(QWidget *parent = nullptr);

    void setAccessibleText(const QString &name);
    void setPlaceholder(const QString &text);
    /// Shows the first page again.
    void setSource(Source source);
    /// Keeps the page, the place in it and the mark, as far as the bytes are the same.
    void refresh();
    /// Marks these bytes, turns to their page and scrolls to them. Size 0 takes the mark away.
    void reveal(const ByteRange &range);

    [[nodiscard]] QString text() const; ///< of the page
    [[nodiscard]] QString markedText() const;
    [[nodiscard]] int pageCount() const;

    static constexpr qint64 pageSize = 16 * 1024;

protected:
    void changeEvent(QEvent *event) override;

private:
    void turnTo(int page);
    void showPage();
    void showMark(bool scrolls);
    /// Pages begin with a whole character.
    [[nodiscard]] qint64 pageStart(int page) const;

    QPlainTextEdit *m_text;
    QWidget *m_pager;
    QLabel *m_pageLabel;
    QToolButton *m_back;
    QToolButton *m_forward;
    Source m_source;
    int m_page = 0;
    QByteArray m_shown; // the bytes of the page
    ByteRange m_mark;
};

} // namespace diptych
