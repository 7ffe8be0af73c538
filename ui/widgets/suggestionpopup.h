// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QString>

#include <vector>

class QCompleter;
class QStandardItemModel;

namespace diptych {

/// What can be written at the caret of a text field: a list below it, each line with a type and an explanation.
class SuggestionPopup : public QObject
{
    Q_OBJECT
public:
    struct Line {
        QString name {};
        QString type {};
        QString description {};
    };
    enum Role { TypeRole = Qt::UserRole + 1, DescriptionRole };

    /// `field` keeps the keyboard; it has to ignore Enter, Tab and Escape while hasChoice() or isVisible().
    explicit SuggestionPopup(QWidget *field);

    /// `caret` in coordinates of the field. `chooses`: the first line is chosen, so that Enter takes it.
    void show(const std::vector<Line> &lines, const QRect &caret, bool chooses);
    void hide();
    [[nodiscard]] bool isVisible() const;
    [[nodiscard]] bool hasChoice() const; ///< Enter would take a line

Q_SIGNALS:
    void chosen(int line);

private:
    QWidget *m_field;
    QStandardItemModel *m_lines;
    QCompleter *m_completer;
};

} // namespace diptych
