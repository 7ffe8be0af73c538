// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/completion.h"

#include <QWidget>

#include <memory>

class QGridLayout;
class QLabel;
class QLineEdit;
class QToolButton;

namespace diptych {

namespace Ui {
class SamplingBar;
}

/// The parameters of a completion, as many beside each other as there is room for; an empty field is not sent.
class SamplingBar : public QWidget
{
    Q_OBJECT
public:
    explicit SamplingBar(QWidget *parent = nullptr);
    ~SamplingBar() override;

    /// Writes what is set into the request, but for the suffix. False when a field has the wrong type.
    [[nodiscard]] bool apply(CompletionRequest &request) const;
    [[nodiscard]] bool isValid() const;
    [[nodiscard]] bool fillsGap() const; ///< what follows the caret is the suffix
    /// By wire name; false when there is no such field.
    [[nodiscard]] bool isSet(const QString &parameter) const;
    void unset(const QString &parameter);
    [[nodiscard]] QStringList setParameters() const; ///< wire names of what is set
    /// What is in the fields, as typed, by wire name; and back. Unknown names are ignored, fields without one emptied.
    [[nodiscard]] QJsonObject texts() const;
    void setTexts(const QJsonObject &texts);

    /// Opens the rare fields; to be placed by whoever has room for it. It hides when all fields fit.
    [[nodiscard]] QToolButton *moreButton() const;

Q_SIGNALS:
    void changed();

protected:
    void changeEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    /// A caption above a field.
    struct Cell {
        QLabel *caption;
        QWidget *field;
        bool isRare; ///< behind "More"
    };
    void connectFields();
    void arrange();
    void check();
    /// Empty, or what is wrong or unusual with a field; `isWrong` tells the two apart.
    [[nodiscard]] QString remark(const QLineEdit *field, bool &isWrong) const;

    std::unique_ptr<Ui::SamplingBar> m_ui;
    std::vector<Cell> m_cells;
    std::vector<QLineEdit *> m_fields;
    int m_columns = 0; // in the grid
};

} // namespace diptych
