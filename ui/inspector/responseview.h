// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/error.h"
#include "models/framesmodel.h"

#include <QWidget>

#include <memory>
#include <optional>

class QTabBar;

namespace diptych {

namespace Ui {
class ResponseView;
}

/// An answer as it comes over the wire: status, times, frames, body and headers.
class ResponseView : public QWidget
{
    Q_OBJECT
public:
    explicit ResponseView(QWidget *parent = nullptr);
    ~ResponseView() override;

    /// Where the exchange is; read again at every refresh().
    void setSource(FramesModel::Source source);
    void setError(const std::optional<Error> &error);
    void refresh();

    /// More than this of a body is not laid out; the whole is in the saved file.
    static constexpr qint64 maxShownBody = 256 * 1024;

private:
    void showStatus(const Exchange &exchange);
    void showBody(const Exchange &exchange);
    void showFrame();

    std::unique_ptr<Ui::ResponseView> m_ui;
    QTabBar *m_bar;
    FramesModel *m_frames;
    FramesModel::Source m_source;
    qint64 m_shownBytes = -1; // of the body, to lay it out only when it grew
};

} // namespace diptych
