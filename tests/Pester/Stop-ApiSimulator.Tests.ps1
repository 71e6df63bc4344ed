BeforeAll {
    Import-Module "$PSScriptRoot/../../out/ApiTools"
    . "$PSScriptRoot/Send-Chat.ps1"
}

Describe 'Stop-ApiSimulator' {
    AfterEach {
        Stop-ApiSimulator -ErrorAction Ignore
    }

    It 'ends it and frees its port' {
        $simulator = Start-ApiSimulator -PassThru
        Stop-ApiSimulator | Should -BeNullOrEmpty
        { Send-Chat $simulator } | Should -Throw
        (Start-ApiSimulator -Port $simulator.Port -PassThru).Port | Should -Be $simulator.Port
    }

    It 'says so where none runs' {
        Stop-ApiSimulator -ErrorAction SilentlyContinue -ErrorVariable failure
        $failure.Count | Should -Be 1
        $failure[0].FullyQualifiedErrorId | Should -Be 'simulator_not_running,ApiTools.Cmdlets.StopApiSimulatorCommand'
        $failure[0].CategoryInfo.Category | Should -Be ObjectNotFound
        $failure[0].TargetObject | Should -BeNullOrEmpty
        $failure[0].ErrorDetails.Message | Should -BeLike 'No simulator runs in this process. (simulator_not_running)*'
        $failure[0].ErrorDetails.RecommendedAction | Should -Be 'Start one. Run: Start-ApiSimulator'
    }

    It 'is done with the module where that is removed, and by no other runspace that ends' {
        $simulator = Start-ApiSimulator -PassThru
        $module = (Get-Module ApiTools).Path
        $shell = [powershell]::Create()
        $null = $shell.AddScript("Import-Module '$module'; Get-ApiSimulatorRequest").Invoke()
        $shell.Runspace.Close()
        $shell.Dispose()
        (Send-Chat $simulator).StatusCode | Should -Be 200
        Remove-Module ApiTools
        try {
            { Send-Chat $simulator } | Should -Throw
        }
        finally {
            Import-Module "$PSScriptRoot/../../out/ApiTools"
        }
    }
}
