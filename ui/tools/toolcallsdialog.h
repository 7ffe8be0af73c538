// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

namespace diptych {

class ToolDesk;

/// The table of all calls in a session, which may stay open while answers come in.
class ToolCallsDialog : public QDialog
{
    Q_OBJECT
public:
    /// The desk outlives it.
    explicit ToolCallsDialog(ToolDesk &desk, QWidget *parent = nullptr);
};

} // namespace diptych
