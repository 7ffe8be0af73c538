// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QStringList>
#include <QWidget>

#include <vector>

class QCheckBox;
class QGridLayout;
class QLabel;
class QScrollArea;

namespace diptych {

class PromptEdit;

/// Fields for the {{variables}} of a prompt, below it. Hidden while there are none. Values of variables that are not
/// in the text any more are remembered.
class VariablesBar : public QWidget
{
    Q_OBJECT
public:
    explicit VariablesBar(QWidget *parent = nullptr);

    void setVariables(const QStringList &names);
    /// By variable; texts. Fields that are shown take them over.
    void setValues(const QJsonObject &values);
    [[nodiscard]] const QJsonObject &values() const { return m_values; }
    /// The braces are meant as they stand: nothing is filled in.
    [[nodiscard]] bool isLiteral() const;
    void setLiteral(bool isLiteral);
    /// Puts the cursor into a variable's field; no effect when there is none.
    void focusField(const QString &name);

Q_SIGNALS:
    void valuesEdited(const QJsonObject &values);
    void literalChanged();
    void sendRequested(); ///< Enter in the last field

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    struct Field {
        QString name {};
        QLabel *label = nullptr;
        PromptEdit *edit = nullptr;
    };
    void addField(const QString &name);
    void accept(const QString &name);

    QJsonObject m_values;
    std::vector<Field> m_fields;
    QScrollArea *m_area;
    QWidget *m_place;
    QGridLayout *m_grid;
    QCheckBox *m_literal;
};

} // namespace diptych
